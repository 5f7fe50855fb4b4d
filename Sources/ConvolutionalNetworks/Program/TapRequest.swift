/// A layer whose output is wanted of a program, and which of its units.
public struct TapRequest: Sendable, Hashable {
  /// The layer tapped.
  public let layer: LayerID
  /// The units that are read, numbered from 0 as in the network; `nil` stands for all of them.
  public let units: [Int]?

  /// A tap on `layer` of which nobody reads any but `units`.
  ///
  /// A program computes no others where it can, and hands those out in ascending order: see `Program.Tap.units`.
  public init(_ layer: LayerID, units: [Int]? = nil) {
    self.layer = layer
    self.units = units
  }
}
