/// The largest or the average value of each window.
public struct Pooling: LayerOperation {
  /// What becomes of the values in a window.
  public enum Reduction: Sendable, Equatable {
    /// The largest value; padding never wins, ties go to the first cell.
    case maximum
    /// The mean over the cells inside the input, or with `countsPadding` over the padded cells as well.
    case average(countsPadding: Bool)
  }

  /// What becomes of the values in a window.
  public let reduction: Reduction
  /// The window and how it moves.
  public let window: SlidingWindow
  /// Whether a last window may hang over the end.
  public let ceilMode: Bool

  public init(_ reduction: Reduction, window: SlidingWindow, ceilMode: Bool = false) {
    self.reduction = reduction
    self.window = window
    self.ceilMode = ceilMode
  }

  public var kind: String { reduction == .maximum ? "MaxPooling" : "AveragePooling" }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard (3...4).contains(input.count) else {
      throw ShapeError("pooling needs a feature map with one or two spatial axes")
    }
    let spatial = Array(input[layout.spatialAxes(rank: input.count)])
    let placements = try window.placements(for: spatial, ceilMode: ceilMode)
    return [
      layout.shape(
        batch: input[0], spatial: placements.map(\.output),
        channels: input[layout.channelAxis(rank: input.count)])
    ]
  }
}
