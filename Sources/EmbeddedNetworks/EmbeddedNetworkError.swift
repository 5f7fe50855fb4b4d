public import ConvolutionalNetworks
public import Foundation

/// Why a network of the package cannot be had.
public enum EmbeddedNetworkError: FileError, Equatable {
  /// The folder of resources that the build puts beside the executable is not there.
  case missing(file: String, searched: [String])
  /// The file is there and cannot be read as a network.
  case damaged(file: String, reason: String)
}

extension EmbeddedNetworkError {
  public var file: String {
    switch self {
    case .missing(let file, _), .damaged(let file, _): file
    }
  }

  public var reason: String {
    switch self {
    case .missing(_, let searched):
      """
      missing: the folder of resources belongs beside the executable, and none of these has it: \
      \(searched.joined(separator: ", "))
      """
    case .damaged(_, let reason): "damaged: \(reason)"
    }
  }

  public var description: String { "the embedded network \(file) is \(reason)" }
}

extension EmbeddedNetworkError: LocalizedError {
  public var errorDescription: String? { description }
}
