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

  @Test(arguments: ["network.onnx", "network", "network.bin"])
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

  @Test(arguments: ["weights.safetensors", "weights", "weights.onnx", "weights.pth"])
  func `weights by their bytes, the architecture by the weights`(name: String) throws {
    let url = try folder.copy(samples.weights, to: name)
    let network = try NeuralNetwork(contentsOf: url)
    #expect(network.labels?.contains("airplane") == true)
    #expect(network.inputs[0].specification != nil)
    let named = try NeuralNetwork(contentsOf: url, architecture: SampleFiles.architecture)
    #expect(named.layers.map(\.name) == network.layers.map(\.name))
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
