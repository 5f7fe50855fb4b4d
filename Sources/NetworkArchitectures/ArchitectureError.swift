public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// Why weights do not make a network of an architecture.
public enum ArchitectureError: FileError, Equatable {
  /// No architecture has this name.
  case unknownName(String, known: [String])
  /// The tensors are not those of the architecture: all that is wrong with them.
  case weights(file: String, architecture: String, faults: [WeightFault])
  /// The file's name states another SHA-256 than its bytes have: it is damaged, or another file.
  case checksum(file: String, stated: String, actual: String)
  /// A file or a tensor in it cannot be read.
  case file(WeightsFileError)
  /// The weights make no network, such as those that are not finite.
  case network(file: String, VisualizationError)
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

extension ArchitectureError {
  private static let namedFaults = 10

  /// The file of the weights, or the name that no architecture has.
  public var file: String {
    switch self {
    case .unknownName(let name, _): name
    case .weights(let file, _, _), .checksum(let file, _, _), .network(let file, _): file
    case .file(let error): error.file
    }
  }

  public var place: String? { if case .file(let error) = self { error.place } else { nil } }

  public var reason: String {
    switch self {
    case .unknownName(let name, let known):
      return "no architecture is called '\(name)'; there are \(known.joined(separator: ", "))"
    case .weights(_, let architecture, let faults):
      let rest = faults.count - Self.namedFaults
      return "these are not the weights of \(architecture): "
        + faults.prefix(Self.namedFaults).map { "\($0)" }.joined(separator: "; ")
        + (rest > 0 ? "; and \(rest) more" : "")
    case .checksum(_, let stated, let actual):
      return """
        its name says that its SHA-256 begins with \(stated), but it begins with \(actual): the file is damaged \
        or was renamed
        """
    case .file(let error): return error.reason
    case .network(_, let error): return "\(error)"
    }
  }

  public var description: String {
    switch self {
    case .unknownName: reason
    case .file(let error): "\(error)"
    case .weights, .checksum, .network: "\(file): \(reason)"
    }
  }
}

extension ArchitectureError: LocalizedError {
  public var errorDescription: String? { description }
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
