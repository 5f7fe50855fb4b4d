import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import NetworkFormats
import Testing

@testable import KerasNetworkFormat

/// Protects the meaning of Keras' layers: what they compute, and their gradient, is what Keras computes, also
/// after the network was written as ONNX, whose channels come first.
@Suite struct LayerTests {
  @Test(
    arguments: [
      "merging", "sequential", "activations", "pooled", "nested", "channels_first", "scaling",
      "standardizing",
    ], ["h5", "keras", "onnx"])
  func `agrees with Keras`(name: String, container: String) throws {
    let fixture = try Fixture(name)
    var network = try KerasFile.load(container == "h5" ? fixture.url : fixture.archive).network
    if container == "onnx" {
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("keras-\(UUID().uuidString).onnx")
      defer { try? FileManager.default.removeItem(at: file) }
      try ONNXFile.write(network, to: file)
      network = try ONNXFile.load(file).network
    }
    let isChannelsFirst = name == "channels_first"
    // A program takes maps channels last, whatever the file says.
    func presented(_ tensor: Tensor) -> Tensor {
      isChannelsFirst && tensor.rank == 4 ? tensor.transposed([0, 2, 3, 1]) : tensor
    }
    let input = try presented(fixture.reference("input"))
    let seed = try fixture.reference("seed")
    let inputName = try #require(network.inputs.first).name
    let output = try #require(network.outputs.first)
    let program = try Program(network, inputShapes: [inputName: input.shape], taps: [.name(output)])
    let workspace = try Workspace(program)
    workspace.setInput(inputName, to: input)
    workspace.forward()
    #expect(
      DoubleTensor(workspace.tap(0))
        .largestRelativeError(from: DoubleTensor(try fixture.reference("output"))) < 1e-5)
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed.elements) }
    workspace.pullback()
    #expect(
      DoubleTensor(workspace.inputGradient(inputName))
        .relativeL2Error(from: DoubleTensor(presented(try fixture.reference("gradient")))) < 1e-5)
  }

  /// Protects models saved by Keras 2, whose hard sigmoid is steeper.
  @Test func `hard sigmoid goes by the version`() throws {
    let json = JSONValue.object([
      "class_name": .string("Activation"), "name": .string("a"),
      "config": .object(["activation": .string("hard_sigmoid")]),
    ])
    for (version, slope) in [(2, Float(0.2)), (3, 1 / 6)] {
      let layer = try LayerConfiguration(json, kerasVersion: version)
      guard case .function(.hardSigmoid(slope, 0.5)) = try layer.activation() else {
        Issue.record("version \(version): \(try layer.activation())")
        continue
      }
    }
  }

  /// Protects the finding of layers that are called more than once, or stand in a nested model.
  @Test func `nested and shared layers have names of their own`() throws {
    let network = try KerasFile.load(Fixture("nested").archive).network
    let names = Set(network.layers.map(\.name))
    #expect(
      names.isSuperset(of: [
        "shared", "shared:1", "inner/conv", "inner:1/conv", "inner/innermost/norm",
        "inner/innermost",
      ]))
  }

  /// Protects weights without a model: they have the layer's name and their own.
  @Test func `names the weights of a file without a model`() throws {
    let only = try KerasFile.weights(Fixture("weights_only").url)
    let whole = try KerasFile.weights(Fixture("nested").url)
    #expect(only.names.contains("shared/kernel"))
    #expect(only.shape(of: "shared/kernel") == [3, 3, 3, 3])
    #expect(Set(only.names.map { $0.split(separator: "/").last ?? "" }).contains("moving_mean"))
    #expect(only.names.count == whole.names.count)
    #expect(try only.tensor(named: "shared/kernel") == whole.tensor(named: "shared/kernel"))
    let error = #expect(throws: KerasError.self) {
      try KerasFile.load(Fixture("weights_only").url)
    }
    #expect(error?.problem == .weightsOnly)
  }
}
