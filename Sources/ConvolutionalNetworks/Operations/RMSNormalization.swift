/// Division by the root mean square along some logical axes: `y = x / √(mean x² + ε) · scale`.
///
/// Layer normalization without its mean, as language models and recent vision transformers have it. Zhang and Sennrich
/// 2019, https://arxiv.org/abs/1910.07467.
public struct RMSNormalization: LayerOperation {
  /// The logical axes that a mean is taken over. Negative axes count from the end.
  public let axes: [Int]
  /// γ; broadcast to the input, aligned at the last axis (NumPy's rule). `nil` is 1.
  public let scale: Tensor?
  /// Added to the mean of the squares.
  public let epsilon: Float

  public var kind: String { "RMSNormalization" }
  public var parameters: [LayerParameter] { LayerParameter.list(["scale": scale]) }
  public var fault: String? { epsilonFault(epsilon) }

  /// A normalization over `axes`.
  ///
  /// `scale` for the channels of a channels-first feature map has the shape `[C, 1, 1]`, for those of a channels-last
  /// one, or for the last axis of anything, `[C]`.
  public init(axes: [Int] = [-1], scale: Tensor? = nil, epsilon: Float = 1e-5) {
    self.axes = axes
    self.scale = scale
    self.epsilon = epsilon
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    try checkNormalization(of: inputs[0])
    return inputs
  }
}

extension RMSNormalization: AxisNormalization {}
