import CFVTestData
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import KerasNetworkFormat

/// Protects models that people reported as refused, kept beside the package.
@Suite struct CaseTests {
  private func network(_ name: String) throws -> NeuralNetwork? {
    guard let url = DataFolder.item("cases/\(name)") else { return nil }
    return try KerasFile.load(url).network
  }

  @Test(
    arguments: [
      "random-flip-functional", "resizing", "unet-conv2dtranspose", "multi-head-attention",
      "conv1d",
    ]) func `are read and run`(name: String) throws
  {
    guard let network = try network("\(name).keras") else { return }
    let input = try #require(network.inputs.first)
    let shape = input.shape.map { $0 ?? 1 }
    let output = try #require(network.outputs.first)
    let workspace = try Workspace(
      Program(network, inputShapes: [input.name: shape], taps: [.name(output)]))
    workspace.setInput(input.name, to: SavedModels.numbers(shape, factor: 7919))
    workspace.forward()
    let elements = workspace.tap(0).elements
    #expect(elements.allSatisfy { $0.isFinite })
  }

  /// Protects the way from a nested model's call to whoever reads it, which Keras 2 and 3 number differently.
  @Test func `nested models compute what Keras computes`() throws {
    guard let functional = try output(of: "nested_functional_tf2.h5"),
      let last = try output(of: "nested_output_keras3.keras")
    else { return }
    #expect(functional.shape == [1, 4])
    for (actual, expected) in zip(functional.elements, [-0.402346, -0.04491, -0.243692, 0.104397]) {
      #expect(abs(Double(actual) - expected) < 2e-6)
    }
    #expect(last.shape == [1, 30, 30, 8])
    #expect(abs(last.elements[0] - 0.759776) < 2e-6)
    #expect(last.elements[1..<5].allSatisfy { $0 == 0 })
    #expect(abs(Double(last.sum()) - 1146.16) < 0.01)
  }

  /// The output for the input that NumPy's generator with the seed 7 draws, a fixture of this package.
  private func output(of name: String) throws -> Tensor? {
    guard let network = try network(name) else { return nil }
    let input = try #require(network.inputs.first).name
    let output = try #require(network.outputs.first)
    let drawn = try SavedModels.drawn()
    let workspace = try Workspace(
      Program(network, inputShapes: [input: drawn.shape], taps: [.name(output)]))
    workspace.setInput(input, to: drawn)
    workspace.forward()
    return workspace.tap(0)
  }

  /// Protects the value before a fused activation: a unit that a rectifier silences can be raised there.
  @Test func `the value before a fused rectifier has a name`() throws {
    guard let network = try network("dead-fused-relu.keras") else { return }
    #expect(try network.layer("c").operation.kind == "ReLU")
    #expect(try network.layer("c/linear").operation.kind == "Convolution")
  }
}
