/// Where an architecture's weights are published.
public struct PublishedWeights: Sendable, Equatable {
  /// The address of the file.
  public let address: String

  init(_ address: String) { self.address = address }

  /// torchvision's.
  static func torchvision(_ file: String) -> PublishedWeights {
    PublishedWeights("https://download.pytorch.org/models/\(file)")
  }

  /// keras.applications'.
  static func keras(_ path: String) -> PublishedWeights {
    PublishedWeights("https://storage.googleapis.com/tensorflow/keras-applications/\(path)")
  }

  /// The file's name.
  public var fileName: String { String(address.split(separator: "/").last ?? "") }

  /// The command that fetches the file.
  public var command: String { "curl -LO \(address)" }
}
