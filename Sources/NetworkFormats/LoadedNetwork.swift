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

  /// A network with its reader's warnings.
  package init(network: NeuralNetwork, warnings: [String]) {
    self.network = network
    self.warnings = warnings
  }

  /// The network with the preprocessing and labels of the `<name>.json` beside its file, if there is one.
  package func applyingSidecar(beside url: URL, limits: ReadingLimits = ReadingLimits())
    throws(NetworkSidecarError) -> LoadedNetwork
  {
    guard let sidecar = try NetworkSidecar(beside: url, limits: limits) else { return self }
    return LoadedNetwork(
      network: try sidecar.applied(to: network), warnings: warnings + sidecar.warnings)
  }
}
