/// What a person should know about a picture that came out.
public enum VisualizationWarning: Sendable, Equatable {
  /// The objective's gradient is 0 everywhere: the unit is dead for this picture, or its layer saturated.
  case zeroGradient(picture: Int, iteration: Int)
  /// Losses or gradients were no longer finite; the picture is the last one for which they were.
  case notFinite(picture: Int, iteration: Int)
  /// Losses or gradients were not finite for the picture that the run starts from: it is not drawn, while others of
  /// the batch are. Its score is NaN.
  case neverFinite(picture: Int, reason: String)
  /// A probability is raised: softmax rises also where the other classes fall.
  case softmaxKept(layer: String)
  /// The layer's activation is so flat at the start that next to no gradient passes it.
  case saturated(layer: String, activation: String, picture: Int)
  /// No step improved on the picture that the run started from, which is the one returned.
  case startIsBest(picture: Int)
  /// The objective did not get better by a twentieth of itself, or got worse; `regularized` tells whether regularizers
  /// pulled at the picture, too.
  case objectiveNotImproved(picture: Int, from: Float, to: Float, regularized: Bool)
  /// The recipe cuts the border off, but the network cannot score what would be left.
  case cropSkipped(pixels: Int)
}

extension VisualizationWarning: CustomStringConvertible {
  public var description: String {
    switch self {
    case .zeroGradient(let picture, let iteration):
      """
      picture \(picture): the gradient is zero everywhere at iteration \(iteration); the unit is silent for \
      it: try another seed, a starting picture, or the layer before the activation
      """
    case .notFinite(let picture, let iteration):
      "picture \(picture): not finite at iteration \(iteration); the last finite picture is kept"
    case .neverFinite(let picture, let reason):
      "picture \(picture): nothing is drawn: \(reason) at the first step"
    case .softmaxKept(let layer):
      "'\(layer)' is a softmax, which rises also where other classes fall; make it linear"
    case .saturated(let layer, let activation, let picture):
      """
      picture \(picture): '\(layer)' is a saturated \(activation), which passes next to no gradient; \
      make it linear
      """
    case .startIsBest(let picture):
      """
      picture \(picture): no step improved on the picture it started from, which is returned; try smaller \
      steps or another recipe
      """
    case .objectiveNotImproved(let picture, let from, let to, let regularized):
      "picture \(picture): the objective hardly improved, from \(from) to \(to); "
        + (regularized
          ? "the regularizers outweigh it: lower their weights, or start from a picture"
          : "try more steps, larger ones, or a starting picture")
    case .cropSkipped(let pixels):
      "the border of \(pixels) pixels is kept, since the network cannot score the rest"
    }
  }
}
