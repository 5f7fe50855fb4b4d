public import ConvolutionalNetworks
public import Foundation
public import NetworkFormats

/// What is in a file: a network, or weights that belong to no network known here.
public enum NetworkFileContent: Sendable {
  /// A network, with the preprocessing and labels of the `<name>.json` beside it.
  case network(LoadedNetwork)
  /// Weights that belong to no architecture known here.
  case weights(StateDictionary)

  /// Reads a file of any kind: see `NeuralNetwork.init(contentsOf:architecture:constants:limits:)`.
  ///
  /// - Throws: `NetworkFileError` naming the file, the place in it and what is wrong.
  public init(
    contentsOf url: URL, architecture: String? = nil, constants: [String: Tensor] = [:],
    limits: ReadingLimits = ReadingLimits()
  ) throws(NetworkFileError) {
    let reader = NetworkFileReader(url, constants: constants, limits: limits)
    self = try reader.content(architecture: architecture)
  }
}

extension LoadedNetwork {
  /// Reads a network from a file of any kind and keeps its reader's warnings: see
  /// `NeuralNetwork.init(contentsOf:architecture:constants:limits:)`.
  ///
  /// - Throws: `NetworkFileError` naming the file, the place in it and what is wrong.
  public init(
    contentsOf url: URL, architecture: String? = nil, constants: [String: Tensor] = [:],
    limits: ReadingLimits = ReadingLimits()
  ) throws(NetworkFileError) {
    switch try NetworkFileContent(
      contentsOf: url, architecture: architecture, constants: constants, limits: limits)
    {
    case .network(let network): self = network
    case .weights: throw .unknownWeights(file: url.relativePath)
    }
  }
}

extension NeuralNetwork {
  /// Reads a network from a file of any kind, with the preprocessing and labels of the `<name>.json` beside it.
  ///
  ///     let network = try NeuralNetwork(contentsOf: URL(filePath: "resnet18-f37072fd.pth"))
  ///
  /// ONNX, Keras' `.keras` and `.h5`, and weights of published networks (PyTorch, safetensors, `.h5`), whose architecture
  /// is recognised by their names and shapes. The bytes tell the kind, and the name where they do not.
  ///
  /// libhdf5, which reads `.h5` and `.keras`, crashes on some malformed files: read such files from a source you trust.
  /// `LoadedNetwork` does the same and keeps the reader's warnings, `NetworkFileContent` also gives weights without a
  /// network.
  ///
  /// - Parameters:
  ///   - architecture: the network that weights belong to (see `Architecture.all`); recognised unless given.
  ///   - constants: values for inputs of an ONNX file that are held for good, in the file's axis order.
  ///   - limits: what reading the file may take.
  /// - Throws: `NetworkFileError` naming the file, the place in it and what is wrong.
  public init(
    contentsOf url: URL, architecture: String? = nil, constants: [String: Tensor] = [:],
    limits: ReadingLimits = ReadingLimits()
  ) throws(NetworkFileError) {
    self = try LoadedNetwork(
      contentsOf: url, architecture: architecture, constants: constants, limits: limits
    ).network
  }
}
