import FeatureVisualization

/// What a gradient check found.
public enum GradientCheckError: Error, Equatable, Sendable {
  /// A derivative is wrong.
  case wrongGradient(GradientReport)
  /// A rule of the protocol, other than that the gradient is right, is broken.
  case brokenRule(subject: String, rule: String)
  /// What is checked refuses the shapes it was to be checked on.
  case refused(VisualizationError)
}

extension GradientCheckError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wrongGradient(let report): report.description
    case .brokenRule(let subject, let rule): "\(subject): \(rule)"
    case .refused(let error): error.description
    }
  }
}
