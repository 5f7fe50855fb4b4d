import CFVTestData
import ConvolutionalNetworks
import Foundation
import NetworkFiles
import NetworkFormats
import Testing

/// Protects people's own files: each opens by the same verb, under its name and under none.
@Suite struct RealFileTests {
  @Test(arguments: [
    "googlenet-imagenet.onnx", "mnist-cntk.onnx", "resnet8-cifar10.h5", "resnet8-cifar10.keras",
    "emotion-mini-xception.hdf5", "resnet20-12fca82f.th",
  ])
  func `networks`(name: String) throws {
    guard let url = DataFolder.item("networks/\(name)") else { return }
    let network = try LoadedNetwork(contentsOf: url).network
    #expect(network.inputs[0].specification != nil, "its sidecar is applied")
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.file("network"), withDestinationURL: url)
    let again = try NeuralNetwork(contentsOf: folder.file("network"))
    #expect(again.layers.map(\.name) == network.layers.map(\.name))
  }

  /// Protects weights by themselves: their architecture is found, and their sidecar's preprocessing and labels are applied.
  @Test func `weights of an architecture known here`() throws {
    guard let url = DataFolder.item("networks/efficientnet-lite1-77cc7160.pth") else { return }
    let network = try NeuralNetwork(contentsOf: url)
    #expect(network.layers.last?.name == "_fc")
    #expect(network.labels?[130] == "flamingo")
    #expect(network.layers.count { $0.operation is BatchNormalization } == 64)
  }

  @Test(arguments: ["mnist-burn.pt", "mnist-burn.safetensors"])
  func `weights of no architecture known here`(name: String) throws {
    guard let url = DataFolder.item("networks/\(name)") else { return }
    guard case .weights(let weights) = try NetworkFileContent(contentsOf: url) else {
      Issue.record("it is taken for a network")
      return
    }
    #expect(!weights.names.isEmpty)
    #expect(throws: NetworkFileError.unknownWeights(file: url.relativePath)) {
      try NeuralNetwork(contentsOf: url)
    }
  }
}
