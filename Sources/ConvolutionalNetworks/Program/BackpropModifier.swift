/// Changes how gradients pass activation functions on their way down, whatever the function.
///
/// Convolutions, pooling, normalization and arithmetic stay as they are, and so do softmax and linear layers.
/// Conform with the formula for one element; it is applied to every element of every activation.
public protocol BackpropModifier: Sendable {
  /// The gradient handed down through one element of an activation.
  ///
  /// - Parameter gradient: what arrives from above, ∂objective/∂output.
  /// - Parameter point: where on its curve the activation stands.
  /// - Returns: what takes the place of `gradient · point.slope`.
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float

  /// Pulls a whole buffer back, element by element; conforming types inherit it.
  func pullback(
    _ gradient: UnsafeBufferPointer<Float>, inputs: UnsafeBufferPointer<Float>,
    outputs: UnsafeBufferPointer<Float>, slopes: UnsafeBufferPointer<Float>, isRectifier: Bool,
    into result: UnsafeMutableBufferPointer<Float>
  )
}

/// Where on its curve an activation function stands at one element.
public struct ActivationPoint: Sendable {
  /// The input x.
  public let input: Float
  /// The output y = f(x).
  public let output: Float
  /// The derivative f′(x).
  public let slope: Float
  /// Whether f is a rectifier: like x for large x and flat, or nearly so, for small x.
  ///
  /// ReLU, ReLU6, leaky, parametric and thresholded ReLU, ELU, SELU, CELU, GELU, SiLU, swish, hard-swish, mish
  /// and softplus are; sigmoid, hard sigmoid, tanh and softsign are not.
  public let isRectifier: Bool

  public init(input: Float, output: Float, slope: Float, isRectifier: Bool) {
    self.input = input
    self.output = output
    self.slope = slope
    self.isRectifier = isRectifier
  }
}

extension BackpropModifier {
  // Inlinable, so that a modifier of another module runs as one loop over its formula.
  @inlinable
  public func pullback(
    _ gradient: UnsafeBufferPointer<Float>, inputs: UnsafeBufferPointer<Float>,
    outputs: UnsafeBufferPointer<Float>, slopes: UnsafeBufferPointer<Float>, isRectifier: Bool,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    for i in 0..<result.count {
      result[i] = pullback(
        gradient[i],
        at: ActivationPoint(
          input: inputs[i], output: outputs[i], slope: slopes[i], isRectifier: isRectifier))
    }
  }
}
