import FeatureVisualization

/// Lets a share of the gradient through closed rectifiers, so that a unit that is silent can be woken.
struct LeakyBackprop: ElementwiseBackprop {
  let leak: Float

  func pullback(_ gradient: Float, at point: ActivationPoint) -> Float {
    gradient * max(point.slope, leak)
  }
}
