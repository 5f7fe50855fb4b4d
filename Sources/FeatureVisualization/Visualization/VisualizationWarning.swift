/// What a person should know about a picture that came out.
public enum VisualizationWarning: Sendable, Equatable {
  /// The objective's gradient is 0 everywhere: the unit is dead for this picture, or its layer saturated.
  case zeroGradient(picture: Int, iteration: Int)
  /// Losses or gradients were no longer finite; the picture is the last one for which they were.
  case notFinite(picture: Int, iteration: Int)
  /// A probability is raised: softmax rises also where the other classes fall.
  case softmaxKept(layer: String)
  /// The recipe cuts the border off, but the network cannot score what would be left.
  case cropSkipped(pixels: Int)
}

extension VisualizationWarning: CustomStringConvertible {
  public var description: String {
    switch self {
    case .zeroGradient(let picture, let iteration):
      "picture \(picture): the gradient is zero everywhere at iteration \(iteration)"
    case .notFinite(let picture, let iteration):
      "picture \(picture): not finite at iteration \(iteration); the last finite picture is kept"
    case .softmaxKept(let layer):
      "'\(layer)' is a softmax, which rises also where other classes fall; make it linear"
    case .cropSkipped(let pixels):
      "the border of \(pixels) pixels is kept, since the network cannot score the rest"
    }
  }
}
