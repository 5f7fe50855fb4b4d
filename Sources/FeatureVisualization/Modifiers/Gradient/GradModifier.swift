/// Changes the objective's gradient with respect to the picture before the step.
///
/// The objective is what the visualization raises: minus the weighted sum of the losses that are no
/// regularizers. Regularizers keep their own direction. The order of a step is: the objective's gradient,
/// this modifier, the regularizers' gradients added, normalisation, the optimizer.
public protocol GradModifier: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Whether it turns the objective round, so that the best picture is the one with the lowest score.
  var reversesObjective: Bool { get }

  /// Changes the gradient of one picture, `∂objective/∂picture`, channels last.
  func modify(_ gradient: inout MutableSpan<Float>, size: PictureSize)
}

extension GradModifier {
  public var reversesObjective: Bool { false }
}
