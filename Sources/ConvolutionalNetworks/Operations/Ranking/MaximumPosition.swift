/// Where the largest value of each window lies, channel by channel: its place in the map, `y · W + x` of a map `[H, W]`, as
/// ONNX' MaxPool counts it within a channel. Places have no gradient.
public struct MaximumPosition: LayerOperation, Equatable {
  /// The order in which places are counted.
  public enum Order: Sendable, CaseIterable {
    /// Along the last axis first: `y · W + x`.
    case rowMajor
    /// Along the first spatial axis first: `y + H · x`.
    case columnMajor
  }

  /// The window and how it moves. Padding never wins, ties go to the first cell.
  public let window: SlidingWindow
  /// Whether a last window may hang over the end.
  public let ceilMode: Bool
  /// The order in which places are counted.
  public let order: Order

  /// The places of the maxima that a `Pooling` of the same window finds.
  public init(window: SlidingWindow, ceilMode: Bool = false, order: Order = .rowMajor) {
    self.window = window
    self.ceilMode = ceilMode
    self.order = order
  }

  public var kind: String { "MaximumPosition" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    try Pooling(.maximum, window: window, ceilMode: ceilMode)
      .outputShapes(for: inputs, layout: layout)
  }
}
