/// A backprop modifier that sees all of a picture's gradient at an activation at once.
///
/// Pictures of a batch are handed in one by one, each as it would be alone.
public protocol WholePictureBackprop: BackpropModifier {
  /// Writes the gradient handed down through an activation of one picture.
  ///
  /// - Parameter gradients: where the activation stands, and what arrives from above.
  /// - Parameter result: what is handed down; it holds the ordinary gradient `gradient · slope` so far.
  func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>)
}

extension WholePictureBackprop {
  /// Itself at activations.
  public func rule(at site: BackpropSite) -> BackpropRule {
    if case .activation = site.kind { .wholePicture(self) } else { .ordinary }
  }
}
