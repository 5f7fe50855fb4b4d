/// Standardization over some logical axes: `y = (x − mean) / √(variance + ε) · scale + shift`, with the mean
/// and the (biased) variance of the very numbers normalized.
///
/// Over the last axis it is what transformers do to each token; over the channels of a feature map
/// (`layout.channelAxis(rank: 4)`) it is ConvNeXt's. Ba, Kiros and Hinton 2016.
public struct LayerNormalization: LayerOperation {
  /// The logical axes that a mean is taken over. Negative axes count from the end.
  public let axes: [Int]
  /// γ; broadcast to the input, aligned at the last axis (NumPy's rule). `nil` is 1.
  public let scale: Tensor?
  /// β; broadcast to the input, aligned at the last axis (NumPy's rule). `nil` is 0.
  public let shift: Tensor?
  /// Added to the variance.
  public let epsilon: Float

  public var kind: String { "LayerNormalization" }
  public var parameters: [LayerParameter] { LayerParameter.list(["scale": scale, "shift": shift]) }
  public var fault: String? { epsilonFault(epsilon) }

  /// A normalization over `axes`.
  ///
  /// `scale` and `shift` for the channels of a channels-first feature map have the shape `[C, 1, 1]`, for
  /// those of a channels-last one, or for the last axis of anything, `[C]`.
  public init(
    axes: [Int] = [-1], scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Float = 1e-5
  ) {
    self.axes = axes
    self.scale = scale
    self.shift = shift
    self.epsilon = epsilon
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    try checkNormalization(of: inputs[0])
    return inputs
  }
}

extension LayerNormalization: AxisNormalization {}
