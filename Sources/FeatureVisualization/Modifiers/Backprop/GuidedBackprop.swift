/// Guided backpropagation: `g · f′(x)` where both the gradient g and the activation f(x) are positive, else 0.
///
/// For ReLU this is Springenberg et al. 2014, https://arxiv.org/abs/1412.6806; the same formula serves every
/// other activation.
public struct GuidedBackprop: ElementwiseBackprop {
  public init() {}

  public func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    gradient > 0 && point.output > 0 ? gradient * point.slope : 0
  }
}

extension BackpropModifier where Self == GuidedBackprop {
  /// Gradients pass where they and the activation are positive.
  public static var guided: GuidedBackprop { GuidedBackprop() }
}
