import ConvolutionalNetworks

/// The chain rule, which keeps activations from being fused.
struct PlainBackprop: ElementwiseBackprop {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float { gradient * point.slope }
}

/// Guided backpropagation as the interpreter states it.
struct GuidedBackprop: ElementwiseBackprop {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    gradient > 0 && point.output > 0 ? gradient * point.slope : 0
  }
}

/// The deconvnet's rule as the interpreter states it.
struct RectifiedBackprop: ElementwiseBackprop {
  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    guard gradient > 0 else { return 0 }
    return point.isRectifier ? gradient : gradient * point.slope
  }
}

/// Maximum pooling with the gradient of a mean.
struct SmoothedPooling: BackpropModifier {
  let smoothing: PoolingSmoothing

  func rule(at site: BackpropSite) -> BackpropRule {
    site.kind == .maximumPooling ? .smoothed(smoothing) : .ordinary
  }
}

/// The redirected ReLU as the interpreter states it.
struct RedirectedBackprop: WholePictureBackprop {
  func rule(at site: BackpropSite) -> BackpropRule {
    switch site.kind {
    case .activation(.relu), .activation(.clip): .wholePicture(self)
    default: .ordinary
    }
  }

  func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
    guard case .activation(let function) = gradients.site.kind else { return }
    var highest = Float.infinity
    if case .clip(_, let maximum) = function { highest = maximum }
    for i in result.indices where result[i] != 0 { return }
    for i in result.indices {
      let (x, g) = (gradients.inputs[i], gradients.gradient[i])
      result[i] = x >= highest ? min(g, 0) : gradients.slopes[i] == 0 ? max(g, 0) : g
    }
  }
}

/// Hands down the sign of each gradient times the largest of the picture at the layer: tells where a picture ends.
struct SignBackprop: WholePictureBackprop {
  func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
    var largest: Float = 0
    for i in result.indices { largest = max(largest, abs(gradients.gradient[i])) }
    for i in result.indices {
      let g = gradients.gradient[i] * gradients.slopes[i]
      result[i] = g > 0 ? largest : g < 0 ? -largest : 0
    }
  }
}
