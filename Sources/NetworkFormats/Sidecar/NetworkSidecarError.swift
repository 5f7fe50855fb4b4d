/// What is wrong with the sidecar of a network.
public struct NetworkSidecarError: Error, Equatable, Sendable {
  /// The sidecar's path.
  public let file: String
  /// The key at fault; `nil` where the file is no JSON at all.
  public let key: String?
  /// What is wrong, in words.
  public let reason: String

  /// An error about a key, or about the whole file.
  init(file: String, key: String? = nil, reason: String) {
    self.file = file
    self.key = key
    self.reason = reason
  }
}

extension NetworkSidecarError: CustomStringConvertible {
  public var description: String {
    "\(file): " + (key.map { "\"\($0)\": " } ?? "") + reason
  }
}
