import ConvolutionalNetworks

/// The chain rule, which keeps activations from being fused.
struct PlainBackprop: BackpropModifier {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float { gradient * point.slope }
}

/// Guided backpropagation as the interpreter states it.
struct GuidedBackprop: BackpropModifier {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    gradient > 0 && point.output > 0 ? gradient * point.slope : 0
  }
}

/// The deconvnet's rule as the interpreter states it.
struct RectifiedBackprop: BackpropModifier {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    guard gradient > 0 else { return 0 }
    return point.isRectifier ? gradient : gradient * point.slope
  }
}
