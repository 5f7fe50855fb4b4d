import ConvolutionalNetworks
import Foundation

/// A network read from a file, with what its reader noticed on the way.
///
/// `LoadedNetwork(contentsOf:)` of the product NetworkFiles opens any kind of file.
public struct LoadedNetwork: Sendable {
  /// The network.
  public let network: NeuralNetwork
  /// What may matter but stopped nothing, such as operators newer than the reader.
  public let warnings: [String]

  /// What the reader decided where the file left a choice, such as which of several sets of weights it took.
  public let notes: [String]
  /// Free text that the file has about the network, such as its licence, by key.
  ///
  /// ONNX' own fields are `producer_name`, `producer_version`, `domain`, `model_version` and `doc_string`.
  public let metadata: [String: String]

  /// A network with what its reader tells of it.
  package init(
    network: NeuralNetwork, warnings: [String], notes: [String] = [],
    metadata: [String: String] = [:]
  ) {
    self.network = network
    self.warnings = warnings
    self.notes = notes
    self.metadata = metadata
  }

  /// The network with free text about it.
  func with(metadata: [String: String]) -> LoadedNetwork {
    LoadedNetwork(network: network, warnings: warnings, notes: notes, metadata: metadata)
  }

  /// The network with the preprocessing and labels of the `<name>.json` beside its file, if there is one.
  package func applyingSidecar(beside url: URL, limits: ReadingLimits = ReadingLimits())
    throws(NetworkSidecarError) -> LoadedNetwork
  {
    guard let sidecar = try NetworkSidecar(beside: url, limits: limits) else { return self }
    return LoadedNetwork(
      network: try sidecar.applied(to: network), warnings: warnings + sidecar.warnings,
      notes: notes, metadata: metadata)
  }
}
