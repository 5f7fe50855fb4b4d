import ArgumentParser
import ConvolutionalNetworks
import EmbeddedNetworks
import Foundation
import NetworkArchitectures
import NetworkFiles
import NetworkFormats

/// The network: a file, one that comes with the package, or an architecture with a file of weights.
struct NetworkFile: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      The network's file (.onnx, .keras, .h5, .hdf5), a file of weights (.pth, .pt, .th, .safetensors, \
      .h5), or one in the box: \(EmbeddedNetwork.allCases.map(\.rawValue).joined(separator: ", ")).
      """, valueName: "network"),
    completion: .file(
      extensions: ["onnx", "keras", "h5", "hdf5", "pth", "pt", "th", "safetensors"]))
  var given: String?

  @Option(
    help: ArgumentHelp(
      """
      The network that a file of weights belongs to; found by the weights' names and shapes unless \
      given. 'featurevis architectures' lists them.
      """, valueName: "name"),
    completion: .list(Architecture.all.map(\.name)))
  var architecture: String?

  @Option(
    help: ArgumentHelp(
      """
      The most memory that reading the network's file, and then running the network, may each take: 4GB, 512MB or a \
      number of bytes. Unless given, reading may take 256 MB and eight times the file, and running half of what the \
      system lets it have.
      """, valueName: "size"))
  var memory: ByteCount?

  /// What reading a file may take.
  var limits: ReadingLimits {
    memory.map { ReadingLimits(baseMemory: $0.bytes, memoryPerByte: 0) } ?? ReadingLimits()
  }

  func validate() throws {
    guard let architecture else { return }
    do { _ = try Architecture(named: architecture) } catch {
      throw ValidationError("--architecture: \(error)")
    }
  }

  /// The network as it was named, for messages.
  var path: String { given ?? architecture ?? EmbeddedNetwork.pictureNet.rawValue }

  private var url: URL { URL(fileURLWithPath: path) }

  /// The network in the box that is meant; a file of the same name goes first.
  var embedded: EmbeddedNetwork? {
    guard architecture == nil, !FileManager.default.fileExists(atPath: url.path) else { return nil }
    return EmbeddedNetwork(rawValue: path)
  }

  /// The name of the file that may tell the preprocessing and the labels.
  var sidecarName: String { "\(url.deletingPathExtension().lastPathComponent).json" }

  /// The files that are read for the network.
  var filesRead: [String] {
    guard given != nil, embedded == nil else { return [] }
    return [url.path, url.deletingPathExtension().appendingPathExtension("json").path]
  }

  /// Reads the network.
  func load() throws -> NeuralNetwork { try loaded().network }

  /// Reads the network with what its file says of it.
  func loaded() throws -> LoadedNetwork {
    if architecture != nil, given == nil {
      throw ToolError("--architecture needs the file of the network's weights, too")
    }
    return try loaded(content())
  }

  /// As `load`, but an architecture without a file gets random weights, which cost as much time as any.
  func loadForMeasuring() throws -> NeuralNetwork { try loaded(content()).network }

  /// Reads the file; of an architecture without one, a network with random weights. Warnings go to standard error.
  func content() throws -> NetworkFileContent {
    if let embedded {
      return .network(LoadedNetwork(network: try embedded.network(), warnings: []))
    }
    if let architecture, given == nil {
      let network = try Architecture(named: architecture).randomNetwork()
      return .network(LoadedNetwork(network: network, warnings: []))
    }
    try checkExistence()
    let content = try NetworkFileContent(
      contentsOf: url, architecture: architecture, limits: limits)
    switch content {
    case .network(let loaded):
      for warning in loaded.warnings { StandardStreams.printError("warning: \(warning)") }
      for note in loaded.notes { StandardStreams.printError("note: \(note)") }
    case .weights(let weights):
      for note in weights.notes { StandardStreams.printError("note: \(note)") }
    }
    return content
  }

  private func loaded(_ content: NetworkFileContent) throws -> LoadedNetwork {
    switch content {
    case .network(let loaded): return loaded
    case .weights:
      throw ToolError(
        """
        \(path): it holds weights but no network, and they are those of no architecture known here; \
        'featurevis inspect' lists them, 'featurevis architectures' the networks
        """)
    }
  }

  /// The weights of a file that holds no network; `nil` for any other file.
  func weights() throws -> StateDictionary? {
    if embedded != nil { return nil }
    try checkExistence()
    return try NetworkFileReader(url, limits: limits).weights(architecture: architecture)
  }

  /// Tells those who have mistyped a name what there is.
  private func checkExistence() throws {
    var status = stat()
    guard stat(url.path, &status) != 0, errno == ENOENT else { return }
    let boxed = EmbeddedNetwork.allCases.map(\.rawValue).joined(separator: ", ")
    throw ToolError(
      "\(path): no such file, and no network in the box of this name (there are \(boxed))")
  }
}
