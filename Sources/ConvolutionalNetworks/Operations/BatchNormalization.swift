/// Batch normalization with its trained statistics: `y = (x − mean) / √(variance + ε) · scale + shift`.
///
/// A constant factor and offset per channel, which a program folds into the convolution before it.
public struct BatchNormalization: LayerOperation {
  /// γ, one number per channel.
  public let scale: Tensor
  /// β, one number per channel.
  public let shift: Tensor
  /// The trained mean, one number per channel.
  public let mean: Tensor
  /// The trained variance, one number per channel.
  public let variance: Tensor
  /// Added to the variance.
  public let epsilon: Float

  public var kind: String { "BatchNormalization" }
  public var parameters: [LayerParameter] {
    LayerParameter.list(["scale": scale, "shift": shift, "mean": mean, "variance": variance])
  }

  public var fault: String? {
    let variances = variance.span
    for channel in variances.indices {
      let sum = Double(variances[channel]) + Double(epsilon)
      guard sum > 0, sum.isFinite else {
        return """
          the variance of channel \(channel) is \(variances[channel]), with epsilon \(sum), and must be positive
          """
      }
    }
    return nil
  }

  public init(
    scale: Tensor, shift: Tensor, mean: Tensor, variance: Tensor, epsilon: Float = 1e-5
  ) {
    self.scale = scale
    self.shift = shift
    self.mean = mean
    self.variance = variance
    self.epsilon = epsilon
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard input.count >= 2 else { throw ShapeError("needs a channel axis") }
    let channels = input[layout.channelAxis(rank: input.count)]
    guard [scale, shift, mean, variance].allSatisfy({ $0.count == channels }) else {
      throw ShapeError("statistics of \(scale.count) channels for an input of \(channels)")
    }
    return inputs
  }

  /// The factor and offset per channel that the layer amounts to, computed in double precision.
  package var factorAndOffset: (factor: [Float], offset: [Float]) {
    var factors: [Float] = []
    var offsets: [Float] = []
    let (scale, shift, mean, variance) = (
      scale.elements, shift.elements, mean.elements, variance.elements
    )
    for channel in scale.indices {
      let factor =
        Double(scale[channel]) / (Double(variance[channel]) + Double(epsilon)).squareRoot()
      factors.append(Float(factor))
      offsets.append(Float(Double(shift[channel]) - Double(mean[channel]) * factor))
    }
    return (factors, offsets)
  }
}
