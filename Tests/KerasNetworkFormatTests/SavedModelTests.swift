import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import KerasNetworkFormat

/// Protects the models that people write with Keras 2 and 3: what they compute, and their gradient, is what Keras
/// computes, from either container.
@Suite struct SavedModelTests {
  @Test func `all are there`() throws { #expect(try SavedModels.names().count > 200) }

  @Test(arguments: try SavedModels.names())
  func `agrees with Keras`(name: SavedModels.Name) throws {
    let network = try SavedModels.withFile(name) { try KerasFile.load($0).network }
    let expected = DoubleTensor(try SavedModels.reference("output", of: name))
    let gradient = DoubleTensor(try SavedModels.reference("gradient", of: name))
    let input = SavedModels.numbers(gradient.shape, factor: 7919)
    let seed = SavedModels.numbers(expected.shape, factor: 6271)
    let inputName = try #require(network.inputs.first).name
    let output = try #require(network.outputs.first)
    let program = try Program(network, inputShapes: [inputName: input.shape], taps: [.name(output)])
    let workspace = try Workspace(program)
    workspace.setInput(inputName, to: input)
    workspace.forward()
    #expect(DoubleTensor(workspace.tap(0)).largestRelativeError(from: expected) < 1e-5)
    workspace.withTapGradient(0) { _ = $0.update(fromContentsOf: seed.elements) }
    workspace.pullback()
    #expect(
      DoubleTensor(workspace.inputGradient(inputName)).relativeL2Error(from: gradient) < 2e-5)
  }
}
