/// The point of the simplex nearest to the elements along one logical axis: `y = max(x − τ, 0)` with the threshold τ for
/// which the elements of y sum to 1. Unlike softmax it makes small scores exactly 0.
///
/// Martins and Astudillo 2016 (https://arxiv.org/abs/1602.02068).
public struct Sparsemax: LayerOperation {
  /// The logical axis; negative axes count from the end.
  public let axis: Int

  /// A sparsemax along `axis`.
  public init(axis: Int = -1) { self.axis = axis }

  public var kind: String { "Sparsemax" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    _ = try normalizedAxis(axis, rank: inputs[0].count)
    return inputs
  }
}
