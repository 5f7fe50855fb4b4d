/// A backprop modifier that is a formula for one element, applied to every element of every activation.
///
///     struct LeakyBackprop: ElementwiseBackprop {
///       func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
///         gradient * max(point.slope, 0.1)
///       }
///     }
///
/// Softmax, linear layers and whatever is no activation stay as they are.
public protocol ElementwiseBackprop: BackpropModifier {
  /// The gradient handed down through one element of an activation.
  ///
  /// - Parameter gradient: what arrives from above, ∂objective/∂output.
  /// - Parameter point: where on its curve the activation stands.
  /// - Returns: what takes the place of `gradient · point.slope`.
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float

  /// Pulls a stretch of elements back; conforming types inherit it.
  func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>)
}

/// Where on its curve an activation function stands at one element.
public struct ActivationPoint: Sendable {
  /// The input x.
  public let input: Float
  /// The output y = f(x).
  public let output: Float
  /// The derivative f′(x).
  public let slope: Float
  /// Whether f is a rectifier; see `BackpropSite.isRectifier`.
  public let isRectifier: Bool

  public init(input: Float, output: Float, slope: Float, isRectifier: Bool) {
    self.input = input
    self.output = output
    self.slope = slope
    self.isRectifier = isRectifier
  }
}

extension ElementwiseBackprop {
  /// Itself at activations.
  public func rule(at site: BackpropSite) -> BackpropRule {
    if case .activation = site.kind { .elementwise(self) } else { .ordinary }
  }

  // Inlinable, so that a modifier of another module runs as one loop over its formula.
  @inlinable
  public func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
    let isRectifier = gradients.isRectifier
    // Both have the same extent, so that no subscript needs a check.
    for i in 0..<min(result.count, gradients.count) {
      result[unchecked: i] = pullback(
        gradients.gradient[unchecked: i],
        at: ActivationPoint(
          input: gradients.inputs[unchecked: i], output: gradients.outputs[unchecked: i],
          slope: gradients.slopes[unchecked: i], isRectifier: isRectifier))
    }
  }
}
