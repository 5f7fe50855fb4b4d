import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Protects what exporters write round attention: numbers computed from shapes inside the network.
@Suite("ONNX: idioms of transformers")
struct TransformerIdiomTests {
  /// Protects a class token that is repeated for each picture, whatever their number.
  @Test func expandsAConstantToTheBatch() throws {
    var model = ModelBuilder()
    model.input("x", [nil, 2, 3])
    model.floats("token", [1, 1, 3], [7, 8, 9])
    model.integers("first", [0])
    model.integers("rest", [1, -1])
    model.node("Shape", ["x"], ["shape"])
    model.node("Gather", ["shape", "first"], ["batch"])
    model.node("Concat", ["batch", "rest"], ["size"], ["axis": 0])
    // Where a size is −1, the token's own is meant: PyTorch's `expand` is written so.
    model.node("Shape", ["size"], ["rank"])
    model.node(
      "ConstantOfShape", ["rank"], ["ones"], ["value": .tensor(.init(integers: [1], shape: [1]))])
    model.node("Neg", ["ones"], ["unknown"])
    model.node("Equal", ["size", "unknown"], ["isUnknown"])
    model.node("Where", ["isUnknown", "ones", "size"], ["target"])
    model.node("Expand", ["token", "target"], ["tokens"])
    model.node("Concat", ["tokens", "x"], ["y"], name: "node", ["axis": 1])
    model.output("y")
    let network = try model.load().network
    for batch in [1, 3] {
      let output = try self.output(
        of: network, Tensor(shape: [batch, 2, 3], repeating: 1), shape: [batch, 9])
      #expect(
        output.elements == (0..<batch).flatMap { _ in [7, 8, 9, 1, 1, 1, 1, 1, 1] as [Float] })
    }
  }

  /// Protects the scale of attention, computed from the width of a value and multiplied with another.
  @Test func multipliesByANumberFromAShape() throws {
    var model = ModelBuilder()
    model.input("x", [nil, 4])
    model.integers("last", [1], shape: [])
    model.node("Shape", ["x"], ["shape"])
    model.node("Gather", ["shape", "last"], ["width"])
    model.node("Cast", ["width"], ["float"], ["to": 1])
    model.node("Sqrt", ["float"], ["root"])
    model.node("Mul", ["x", "root"], ["y"], name: "node")
    model.output("y")
    let network = try model.load().network
    let output = try output(of: network, Tensor(shape: [2, 4], repeating: 3), shape: [2, 4])
    #expect(output == Tensor(shape: [2, 4], repeating: 6))
    #expect(network.layers.map(\.name) == ["root", "node"])
  }

  /// Protects parts of a value at known positions, in the shape of the positions.
  @Test func gathersFromTheNetwork() throws {
    let model = ModelBuilder.single("Gather", shape: [2, 3], others: ["p"], ["axis": 1]) {
      $0.integers("p", [2, 0, 0, -1], shape: [2, 2])
    }
    let loaded = try model.load()
    #expect(try loaded.shape(for: [2, 3]) == [2, 2, 2])
    let input = Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6])
    let output = try output(of: loaded.network, input, shape: [8])
    #expect(output.elements == [3, 1, 1, 3, 6, 4, 4, 6])
  }

  /// Protects remainders, which have the sign of the divisor.
  @Test func remainders() throws {
    var model = ModelBuilder()
    model.input("x", [1])
    model.integers("a", [5, -5, 5, -6])
    model.integers("b", [3, 3, -3, 3])
    model.node("Mod", ["a", "b"], ["y"])
    model.node("Identity", ["x"], ["z"], name: "node")
    model.output("y")
    model.output("z")
    #expect(try model.load().constantOutput().elements == [2, 1, -1, 0])
  }

  /// The network's first output in its own order, reshaped.
  private func output(of network: NeuralNetwork, _ input: Tensor, shape: [Int]) throws -> Tensor {
    let flat = try NeuralNetwork(
      layout: network.layout, inputs: network.inputs,
      layers: network.layers + [Layer("flat", Flatten(axis: 0), inputs: [network.outputs[0]])],
      outputs: ["flat"])
    let workspace = try Workspace(
      try Program(flat, inputShapes: ["x": input.shape], taps: ["flat"]))
    workspace.setInput("x", to: input)
    workspace.forward()
    return workspace.tap(0).reshaped(to: shape)
  }
}
