public import ConvolutionalNetworks
public import NetworkFormats

/// Why weights do not make a network of an architecture.
public enum ArchitectureError: Error, Equatable, Sendable {
  /// No architecture has this name.
  case unknownName(String, known: [String])
  /// The tensors are not those of the architecture: all that is wrong with them.
  case weights(architecture: String, faults: [WeightFault])
  /// The file's name states another SHA-256 than its bytes have: it is damaged, or another file.
  case checksum(file: String, stated: String, actual: String)
  /// A file or a tensor in it cannot be read.
  case file(WeightsFileError)
  /// The weights make no network, such as those that are not finite.
  case network(VisualizationError)
}

/// What is wrong with one of the weights of an architecture.
public enum WeightFault: Equatable, Sendable {
  /// The architecture needs it, and it is not there.
  case missing(String)
  /// It is there, and the architecture knows nothing of it.
  case unexpected(String)
  /// It has another shape.
  case shape(String, expected: [Int], actual: [Int])
  /// Its numbers are no floating-point numbers.
  case elementType(String, ElementType)
}

extension ArchitectureError: CustomStringConvertible {
  private static let namedFaults = 10

  public var description: String {
    switch self {
    case .unknownName(let name, let known):
      return "no architecture is called '\(name)'; there are \(known.joined(separator: ", "))"
    case .weights(let architecture, let faults):
      let rest = faults.count - Self.namedFaults
      return "these are not the weights of \(architecture): "
        + faults.prefix(Self.namedFaults).map { "\($0)" }.joined(separator: "; ")
        + (rest > 0 ? "; and \(rest) more" : "")
    case .checksum(let file, let stated, let actual):
      return """
        \(file): its name says that its SHA-256 begins with \(stated), but it begins with \(actual): \
        the file is damaged or was renamed
        """
    case .file(let error): return "\(error)"
    case .network(let error): return "\(error)"
    }
  }
}

extension WeightFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let name): "'\(name)' is missing"
    case .unexpected(let name): "'\(name)' does not belong there"
    case .shape(let name, let expected, let actual):
      "'\(name)' has the shape \(actual) instead of \(expected)"
    case .elementType(let name, let type): "'\(name)' holds numbers of type \(type)"
    }
  }
}
