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
    let input = inputs[0]
    let normalized = try normalizedAxes(rank: input.count)
    guard normalized.allSatisfy({ input[$0] > 0 }) else { throw ShapeError("the mean of nothing") }
    for parameter in [scale, shift].compactMap(\.self) {
      guard try broadcastShape(input, parameter.shape) == input else {
        throw ShapeError("scale or shift of shape \(parameter.shape) does not broadcast to it")
      }
    }
    return inputs
  }

  /// The logical axes that a mean is taken over, counted from the front.
  package func normalizedAxes(rank: Int) throws(ShapeError) -> Set<Int> {
    var result: Set<Int> = []
    for axis in axes { result.insert(try normalizedAxis(axis, rank: rank)) }
    return result
  }
}

/// The rule that what is added to a variance breaks.
func epsilonFault(_ epsilon: Float) -> String? {
  epsilon >= 0 && epsilon.isFinite ? nil : "epsilon is \(epsilon), and must be 0 or more"
}
