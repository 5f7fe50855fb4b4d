/// Rounds real numbers to those that integers can stand for:
/// `q = clip(round(x / s) + z, range)` and, unless the integers themselves are asked for, `y = (q − z) · s`.
///
/// Halves go to the even integer. Gradients pass as if nothing were rounded where q is not clipped, and are 0 where it
/// is (a straight-through estimator, https://arxiv.org/abs/1308.3432).
public struct Quantization: LayerOperation, Equatable {
  /// What stands for the rounded numbers.
  public enum Result: Sendable, Equatable {
    /// The numbers themselves, `(q − z) · s`.
    case realNumbers
    /// The integers q.
    case integers
  }

  /// s and z.
  public let grid: QuantizationGrid
  /// The integers that there are, such as 0…255.
  public let range: ClosedRange<Int>
  /// What is handed on.
  public let result: Result

  public init(
    _ grid: QuantizationGrid, range: ClosedRange<Int>, result: Result = .realNumbers
  ) {
    self.grid = grid
    self.range = range
    self.result = result
  }

  public var kind: String { "Quantization" }
  public var parameters: [LayerParameter] { grid.parameters }

  public var fault: String? {
    grid.scale.span.contains(where: { $0 == 0 }) ? "a scale is 0" : nil
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    try grid.check(inputs[0])
    return inputs
  }
}

extension Span<Float> {
  fileprivate func contains(where isMet: (Float) -> Bool) -> Bool {
    for index in indices where isMet(self[index]) { return true }
    return false
  }
}
