public import ConvolutionalNetworks
public import Foundation

/// What is wrong with the sidecar of a network.
public struct NetworkSidecarError: FileError, Equatable {
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

extension NetworkSidecarError {
  /// The key in quotes.
  public var place: String? { key.map { "\"\($0)\"" } }
}

extension NetworkSidecarError: LocalizedError {
  public var errorDescription: String? { description }
}
