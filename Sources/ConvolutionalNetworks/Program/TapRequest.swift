/// A layer whose output is wanted of a program, and which of its units and positions.
public struct TapRequest: Sendable, Hashable {
  /// The layer tapped.
  public let layer: LayerID
  /// The units that are read, numbered from 0 as in the network; `nil` stands for all of them.
  public let units: [Int]?
  /// The positions that are read of a feature map; `nil` stands for all of them.
  public let positions: [MapPosition]?

  /// A tap on `layer` of which nobody reads any but `units`, at any but `positions`.
  ///
  /// A program computes no others where it can. Units are handed out in ascending order, positions as the smallest
  /// rectangle that holds them: see `Program.Tap.units` and `Program.Tap.region`.
  public init(_ layer: LayerID, units: [Int]? = nil, positions: [MapPosition]? = nil) {
    self.layer = layer
    self.units = units
    self.positions = positions
  }
}
