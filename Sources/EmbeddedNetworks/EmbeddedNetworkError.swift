/// Why a network of the package cannot be had.
public enum EmbeddedNetworkError: Error, Equatable, Sendable {
  /// The folder of resources that the build puts beside the executable is not there.
  case missing(file: String, searched: [String])
  /// The file is there and cannot be read as a network.
  case damaged(file: String, reason: String)
}

extension EmbeddedNetworkError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let file, let searched):
      """
      the embedded network \(file) is missing: the folder of resources belongs beside the executable, \
      and none of these has it: \(searched.joined(separator: ", "))
      """
    case .damaged(let file, let reason): "the embedded network \(file) is damaged: \(reason)"
    }
  }
}
