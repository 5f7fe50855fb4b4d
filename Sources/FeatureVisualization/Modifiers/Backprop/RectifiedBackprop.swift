/// The deconvolutional network: positive gradients pass rectifiers unchanged, whatever the activation was.
///
/// `max(g, 0)` for rectifiers, `max(g, 0) · f′(x)` for saturating activations such as sigmoid.
/// Zeiler and Fergus 2013, https://arxiv.org/abs/1311.2901.
public struct RectifiedBackprop: ElementwiseBackprop {
  public init() {}

  public func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    max(gradient, 0) * (point.isRectifier ? 1 : point.slope)
  }
}

extension BackpropModifier where Self == RectifiedBackprop {
  /// Positive gradients pass rectifiers unchanged.
  public static var rectified: RectifiedBackprop { RectifiedBackprop() }

  /// The same by keras-vis' other name.
  public static var relu: RectifiedBackprop { RectifiedBackprop() }

  /// The same by the name of the network that it comes from.
  public static var deconv: RectifiedBackprop { RectifiedBackprop() }
}
