import ConvolutionalNetworks
import Foundation
import NetworkFiles
import NetworkFormats
import Testing

/// Protects that one verb opens any file, whatever its name.
@Suite struct OpeningTests {
  private let folder: TemporaryFolder
  private let samples: SampleFiles

  init() throws {
    folder = try TemporaryFolder()
    samples = try SampleFiles(in: folder)
  }

  @Test(arguments: [
    "network.onnx", "network", "network.bin", "network.h5", "network.pth", "network.keras",
    "network.model", "network.safetensors",
  ])
  func `ONNX by its bytes`(name: String) throws {
    let network = try NeuralNetwork(contentsOf: folder.copy(samples.onnx, to: name))
    #expect(network.layers.map(\.name).contains("logits"))
  }

  @Test(arguments: ["model.keras", "model", "model.onnx", "model.pth"])
  func `Keras' archives by their bytes`(name: String) throws {
    let network = try NeuralNetwork(contentsOf: folder.copy(samples.keras, to: name))
    #expect(
      try network.layers.map(\.name) == NeuralNetwork(contentsOf: samples.hdf5).layers.map(\.name))
  }

  @Test(arguments: ["model.h5", "model", "model.onnx", "model.safetensors"])
  func `Keras' HDF5 files by their bytes`(name: String) throws {
    let network = try NeuralNetwork(contentsOf: folder.copy(samples.hdf5, to: name))
    #expect(!network.layers.isEmpty)
  }

  @Test(arguments: [
    "weights.safetensors", "weights", "weights.onnx", "weights.pth", "best.ckpt", "best.pth.tar",
    "pytorch_model.bin", "weights.model", "weights.h5",
  ])
  func `weights by their bytes, the architecture by the weights`(name: String) throws {
    let url = try folder.copy(samples.weights, to: name)
    let network = try NeuralNetwork(contentsOf: url)
    #expect(network.labels?.contains("airplane") == true)
    #expect(network.inputs[0].specification != nil)
    let named = try NeuralNetwork(contentsOf: url, architecture: SampleFiles.architecture)
    #expect(named.layers.map(\.name) == network.layers.map(\.name))
  }

  /// Protects those whose file has one network and another ending.
  @Test(arguments: ["best.ckpt", "best.pth.tar", "pytorch_model.bin", "weights.model", "weights"])
  func `pickles by their bytes`(name: String) throws {
    for url in samples.tensors.dropLast() {
      let other = try TemporaryFolder()
      let copy = try other.copy(url, to: name)
      guard case .weights(let weights) = try NetworkFileContent(contentsOf: copy) else {
        Issue.record("\(name) is taken for a network")
        continue
      }
      #expect(weights.names.count == 10)
    }
  }

  /// Protects weights in several files, which make one network.
  @Test func `a network in several files`() throws {
    let weights = try StateDictionary(contentsOf: samples.weights)
    var places: [String] = []
    try FileManager.default.createDirectory(
      at: folder.file("parts"), withIntermediateDirectories: true)
    for (number, names) in [weights.names.prefix(30), weights.names.dropFirst(30)].enumerated() {
      let file = "model-0000\(number + 1)-of-00002.safetensors"
      let entries = names.compactMap { name in
        weights.shape(of: name).map { shape in
          StateDictionary.Entry(name: name, shape: shape, type: .float32) {
            () throws(WeightsFileError.Problem) in
            do throws(WeightsFileError) { return try weights.tensor(named: name) } catch {
              throw error.problem
            }
          }
        }
      }
      try StateDictionary(file: file, entries).write(to: folder.file("parts/\(file)"))
      places += names.map { "\"\($0)\": \"\(file)\"" }
    }
    let index = "parts/model.safetensors.index.json"
    _ = try folder.write("{\"weight_map\": {\(places.joined(separator: ","))}}", to: index)
    for name in ["parts", index, "parts/model-00001-of-00002.safetensors"] {
      let network = try LoadedNetwork(contentsOf: folder.file(name))
      #expect(network.network.labels?.contains("airplane") == true)
    }
  }

  /// Protects licences and origins, whatever the way.
  @Test func `metadata goes along`() throws {
    let network = try NeuralNetwork(contentsOf: samples.onnx)
    let metadata = [
      "license": "CC0", "producer_name": "somebody", "doc_string": "what it is",
      "model_version": "7",
      "author": "é",
    ]
    try ONNXFile.write(network, to: folder.file("said.onnx"), metadata: metadata)
    let loaded = try LoadedNetwork(contentsOf: folder.file("said.onnx"))
    #expect(loaded.metadata == metadata)
    #expect(loaded.network.layers.map(\.name) == network.layers.map(\.name))
    try StateDictionary(of: loaded.network, metadata: loaded.metadata)
      .write(to: folder.file("said.safetensors"))
    #expect(try StateDictionary(contentsOf: folder.file("said.safetensors")).metadata == metadata)
  }

  @Test func `weights of no known network are given as they are`() throws {
    for url in samples.tensors + [samples.kerasWeights] {
      guard case .weights(let weights) = try NetworkFileContent(contentsOf: url) else {
        Issue.record("\(url.lastPathComponent) is taken for a network")
        continue
      }
      #expect(!weights.names.isEmpty)
      let copy = try folder.copy(url, to: url.lastPathComponent + ".data")
      guard case .weights(let again) = try NetworkFileContent(contentsOf: copy) else {
        Issue.record("\(url.lastPathComponent) is not known by its bytes")
        continue
      }
      #expect(again.names == weights.names)
    }
  }

  /// Protects preprocessing and labels, whatever the format: they come from the file beside the network.
  @Test(arguments: [\SampleFiles.onnx, \.keras, \.hdf5, \.weights])
  func `sidecars are applied`(sample: KeyPath<SampleFiles, URL> & Sendable) throws {
    let original = samples[keyPath: sample]
    let url = try folder.copy(original, to: "beside.\(original.pathExtension)")
    let before = try LoadedNetwork(contentsOf: url)
    #expect(before.warnings.isEmpty)
    _ = try folder.write(#"{"labels": ["a", "b", "a"]}"#, to: "beside.json")
    let loaded = try LoadedNetwork(contentsOf: url)
    #expect(loaded.network.labels == ["a", "b", "a"])
    #expect(loaded.warnings.count == 1)
    #expect(loaded.warnings.first?.contains("'a' stands for the classes 0 and 2") == true)
  }

  /// Protects inputs that an ONNX file leaves open and a caller fixes.
  @Test func `constants are bound`() throws {
    let picture = Tensor(shape: [1, 3, 8, 8], repeating: 0.5)
    let network = try NeuralNetwork(contentsOf: samples.onnx, constants: ["picture": picture])
    #expect(network.inputs.isEmpty)
  }
}
