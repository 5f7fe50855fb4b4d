/// The largest value, the average or the norm of each window.
public struct Pooling: LayerOperation {
  /// What becomes of the values in a window.
  public enum Reduction: Sendable, Equatable {
    /// The largest value; padding never wins, ties go to the first cell.
    case maximum
    /// The mean over the cells inside the input, or with `countsPadding` over the padded cells as well.
    case average(countsPadding: Bool)
    /// The norm `(Σ |x|^p)^(1 / p)` over the cells inside the input, p ≥ 1; its gradient where all are 0 is 0.
    case norm(p: Float)
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

  public var kind: String {
    switch reduction {
    case .maximum: "MaxPooling"
    case .average: "AveragePooling"
    case .norm: "LpPooling"
    }
  }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard (3...5).contains(input.count) else {
      throw ShapeError("pooling needs a feature map with one to three spatial axes")
    }
    if case .norm(let p) = reduction {
      guard p >= 1, p.isFinite else { throw ShapeError("there is no norm with p = \(p)") }
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
