import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import KerasNetworkFormat

/// Protects the meaning of Keras' layers: what they compute, and their gradient, is what Keras computes.
@Suite struct LayerTests {
  @Test(arguments: ["merging", "sequential", "activations", "pooled"])
  func `agrees with Keras`(name: String) throws {
    let fixture = try Fixture(name)
    let network = try KerasFile.load(fixture.url).network
    let input = try fixture.reference("input")
    let seed = try fixture.reference("seed")
    let inputName = try #require(network.inputs.first).name
    let output = try #require(network.outputs.first)
    let program = try Program(network, inputShapes: [inputName: input.shape], taps: [.name(output)])
    let workspace = Workspace(program)
    workspace.setInput(inputName, to: input)
    workspace.forward()
    #expect(
      DoubleTensor(workspace.tap(0))
        .largestRelativeError(from: DoubleTensor(try fixture.reference("output"))) < 1e-5)
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed.elements) }
    workspace.pullback()
    #expect(
      DoubleTensor(workspace.inputGradient(inputName))
        .relativeL2Error(from: DoubleTensor(try fixture.reference("gradient"))) < 1e-5)
  }

  /// Protects against a silent misreading: what cannot be done is named.
  @Test(arguments: [
    ("first_axis", "batch_normalization", "batch normalization of axis 1"),
    ("named_tensor", "multi_head_attention", "a call with the argument 'value'"),
    ("training", "dropout", "a call with the argument 'training'"),
  ]) func `refuses by name`(name: String, layer: String, what: String) throws {
    let fixture = try Fixture(name)
    let error = #expect(throws: KerasError.self) { try KerasFile.load(fixture.url) }
    #expect(error?.problem == .unsupported(what))
    #expect(error?.layer?.hasPrefix(layer) ?? false)
  }

  /// Protects models saved by Keras 2, whose hard sigmoid is steeper.
  @Test func `hard sigmoid goes by the version`() throws {
    let json = JSONValue.object([
      "class_name": .string("Activation"), "name": .string("a"),
      "config": .object(["activation": .string("hard_sigmoid")]),
    ])
    for (version, slope) in [(2, Float(0.2)), (3, 1 / 6)] {
      let layer = try LayerConfiguration(json, kerasVersion: version)
      guard case .hardSigmoid(slope, 0.5) = try layer.activation() else {
        Issue.record("version \(version): \(try layer.activation())")
        continue
      }
    }
  }
}
