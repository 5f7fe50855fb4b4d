/// Keras' sparsemax along one logical axis: `y = max(x − τ, 0)`, which makes small scores exactly 0.
///
/// With the elements in falling order and `Sⱼ` the sum of the first j, k is the number of j with `j · xⱼ > Sⱼ − 1`, and
/// `τ = (S₁ + … + Sₖ − 1) / k`. Martins and Astudillo 2016 (https://arxiv.org/abs/1602.02068) have `Sₖ` instead of the sum of
/// sums; networks trained in Keras compute this: https://keras.io/api/layers/activations/#sparsemax-function
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
