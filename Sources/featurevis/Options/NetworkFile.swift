import ArgumentParser
import ConvolutionalNetworks
import EmbeddedNetworks
import Foundation
import KerasNetworkFormat
import NetworkFormats

/// The network: a file, or one that comes with the package.
struct NetworkFile: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      The network's file (.onnx, .keras, .h5, .hdf5), or one in the box: \
      \(EmbeddedNetwork.allCases.map(\.rawValue).joined(separator: ", ")).
      """, valueName: "network"),
    completion: .file(extensions: ["onnx", "keras", "h5", "hdf5"]))
  var path = EmbeddedNetwork.pictureNet.rawValue

  private var url: URL { URL(fileURLWithPath: path) }

  /// The network in the box that is meant; a file of the same name goes first.
  var embedded: EmbeddedNetwork? {
    FileManager.default.fileExists(atPath: url.path) ? nil : EmbeddedNetwork(rawValue: path)
  }

  /// The name of the file that may tell the preprocessing and the labels.
  var sidecarName: String { "\(url.deletingPathExtension().lastPathComponent).json" }

  /// Reads the network; warnings go to standard error.
  func load() throws -> NeuralNetwork {
    if let embedded { return try embedded.network() }
    let isKeras = ["keras", "h5", "hdf5"].contains(url.pathExtension.lowercased())
    let loaded = isKeras ? try KerasFile.load(url) : try LoadedNetwork(contentsOf: url)
    for warning in loaded.warnings { printToStandardError("warning: \(warning)") }
    return loaded.network
  }

  /// Reads the network with its preprocessing: the sidecar's, with what the command line says instead.
  ///
  /// - Throws: the reader's errors; `ToolError` where nobody says how the network is fed.
  func load(with preprocessing: PreprocessingOptions) throws -> NeuralNetwork {
    let network = try load()
    guard let input = network.inputs.first else { throw ToolError("\(path): it has no input") }
    guard let specification = try preprocessing.specification(over: input.specification) else {
      throw ToolError(
        """
        \(path): nothing says how a picture is fed to this network. Put a \(sidecarName) beside it \
        or say it here, for example: --range 0,1 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 \
        --channel-order RGB
        """)
    }
    return try network.specifying(specification)
  }
}
