import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import NetworkFormats

/// Protects softmaxes of scores that a mask of −∞ was added to.
@Suite("ONNX: masks of softmaxes") struct MaskedSoftmaxTests {
  private static let mask: [Float] = [0, -.infinity, 0, -.infinity, -.infinity, 0, 0, 0]

  private static func network(_ operatorName: String, axis: Int64) throws -> NeuralNetwork {
    var model = ModelBuilder()
    model.input("x", [1, 2, 4])
    model.floats("mask", [2, 4], mask)
    model.node("Add", ["x", "mask"], ["scores"])
    model.node(operatorName, ["scores"], ["y"], name: "node", ["axis": .int(axis)])
    model.output("y")
    return try model.load().network
  }

  private static let x = Tensor(
    shape: [1, 2, 4], elements: [0.3, 2, -1, 0.5, 1, -0.25, 0.75, -2])

  /// What is masked has probability 0 and no gradient at all; the gradients of the others are central differences.
  @Test(arguments: [2, 1] as [Int64]) func maskedScoresHaveNoGradient(axis: Int64) throws {
    let network = try Self.network("Softmax", axis: axis)
    let run = try LogicalRun(network, ["x": Self.x])
    let gradient = try #require(run.gradients { Float($0) - 2 }["x"])
    for (position, number) in Self.mask.enumerated() where number < 0 {
      #expect(run.outputs[0].elements[position] == 0)
      #expect(gradient.elements[position] == 0)
    }
    #expect(gradient.elements.contains { $0 != 0 })
    let comparison = try DerivativeComparison(network, ["x": Self.x], withRespectTo: ["x"])
    #expect(comparison.programError < 1e-6)
    #expect(comparison.interpreterError < 1e-8)
  }

  /// Protects agreement with ONNX' reference and onnxruntime, which both say so: a row in which nothing counts has no
  /// probabilities, and the logarithm of a probability of 0 is −∞.
  @Test func nothingHasNoProbabilities() throws {
    var model = ModelBuilder()
    model.input("x", [2, 3])
    model.floats("mask", [2, 3], [-.infinity, -.infinity, -.infinity, 0, -.infinity, 0])
    model.node("Add", ["x", "mask"], ["scores"])
    for name in ["Softmax", "LogSoftmax"] {
      model.node(name, ["scores"], [name], ["axis": -1])
      model.output(name)
    }
    let x = Tensor(shape: [2, 3], elements: [1, 2, 3, 1, 2, 3])
    let outputs = try LogicalRun(try model.load().network, ["x": x]).outputs.map(\.elements)
    for output in outputs { #expect(output.prefix(3).allSatisfy { $0.isNaN }) }
    #expect(outputs[0][4] == 0)
    #expect(outputs[1][4] == -.infinity)
  }
}
