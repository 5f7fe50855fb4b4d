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
  /// A layer's output does not have one row for each picture, so that no row is a picture's.
  case rowsAreNoPictures(layer: String, shape: [Int], pictures: Int)
  /// A type that conforms to one of this package's protocols breaks a rule of it.
  case brokenRule(type: String, rule: String)
  /// A loss looks at something that is not there, such as the opacity of pictures that have none.
  case subjectNotThere(String)
  /// A type that conforms to one of this package's protocols threw an error of its own.
  case failed(type: String, reason: String)
  /// No picture was finite, not even the one that the run starts from: `reason` says where.
  case neverFinite(reason: String)
  /// What is asked for takes more bytes of memory than `Preset.memoryLimit` and the machine allow.
  case tooMuchMemory(needed: Int, limit: Int)
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
    case .rowsAreNoPictures(let layer, let shape, let pictures):
      """
      layer '\(layer)' of shape \(shape) does not have one row for each of \(pictures) \
      \(pictures == 1 ? "picture" : "pictures"), as after a reshape to [-1, …] of another size: \
      choose an earlier layer, or the size that the network was made for
      """
    case .brokenRule(let type, let rule): "\(type): \(rule)"
    case .subjectNotThere(let subject):
      "a loss looks at \(subject), which there is none of here"
    case .failed(let type, let reason): "\(type): \(reason)"
    case .neverFinite(let reason):
      """
      nothing is drawn: \(reason) at the first step. Try another seed or starting picture, and evaluate the \
      network on a photo
      """
    case .tooMuchMemory(let needed, let limit):
      """
      it takes \(formattedBytes(needed)) of memory or more at this size and batch, and may take \
      \(formattedBytes(limit)): ask for smaller or fewer pictures, or raise Preset.memoryLimit
      """
    }
  }
}
