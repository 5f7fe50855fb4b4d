/// What can be wrong with a visualization that is asked for.
public enum VisualizationError: Error, Equatable, Sendable {
  /// The network, its layers or its units.
  case network(NetworkError)
  /// An argument breaks a rule.
  case invalidArgument(String, String)
  /// The input has no `InputSpecification`, so that nobody knows how a picture is fed to it.
  case missingSpecification(input: String)
  /// The network leaves its input's size open and nobody said.
  case missingSize(input: String)
  /// Two parts cannot work together.
  case incompatible(String, String, reason: String)
  /// A matrix has no decomposition.
  case decomposition(String)
}

extension VisualizationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .network(let error): error.description
    case .invalidArgument(let name, let reason): "\(name): \(reason)"
    case .missingSpecification(let input):
      "input '\(input)' has no preprocessing: say its value range, mean, deviation and channel order"
    case .missingSize(let input): "input '\(input)' takes any size: say which"
    case .incompatible(let left, let right, let reason):
      "\(left) cannot work with \(right): \(reason)"
    case .decomposition(let reason): reason
    }
  }
}
