import ConvolutionalNetworks
import Foundation

/// A network read from a file, with what its reader noticed on the way.
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

  /// Reads a network and, if there is a `<name>.json` beside the file, its preprocessing and labels.
  ///
  /// - Parameter url: the file; its extension tells the format (`onnx`).
  /// - Parameter constants: values for inputs that are held for good, in the file's axis order.
  /// - Parameter limits: what reading the file may cost.
  /// - Throws: `NetworkFileError` naming the file and what is wrong with it.
  public init(
    contentsOf url: URL, constants: [String: Tensor] = [:], limits: ReadingLimits = ReadingLimits()
  ) throws(NetworkFileError) {
    let loaded: LoadedNetwork
    switch url.pathExtension.lowercased() {
    case "onnx":
      do throws(ONNXError) {
        loaded = try ONNXFile.load(url, constants: constants, limits: limits)
      } catch {
        throw .onnx(error)
      }
    default: throw .unknownFormat(file: url.path)
    }
    do throws(NetworkSidecarError) { self = try loaded.applyingSidecar(beside: url) } catch {
      throw .sidecar(error)
    }
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

extension NeuralNetwork {
  /// Reads a network and, if there is a `<name>.json` beside the file, its preprocessing and labels.
  ///
  /// `LoadedNetwork` does the same and keeps the reader's warnings.
  ///
  /// - Parameter url: the file; its extension tells the format (`onnx`).
  /// - Parameter constants: values for inputs that are held for good, in the file's axis order.
  /// - Parameter limits: what reading the file may cost.
  /// - Throws: `NetworkFileError` naming the file and what is wrong with it.
  public init(
    contentsOf url: URL, constants: [String: Tensor] = [:], limits: ReadingLimits = ReadingLimits()
  ) throws(NetworkFileError) {
    self = try LoadedNetwork(contentsOf: url, constants: constants, limits: limits).network
  }
}
