import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Modifiers of backpropagation act on activations: one that is written as several nodes must be found.
@Suite("ONNX: activations written as several nodes")
struct ActivationPatternTests {
  private func model(_ nodes: [(String, [String], String)]) -> ModelBuilder {
    var model = ModelBuilder()
    model.input("input", [1, 3, 8, 8])
    for (name, number) in [
      ("half", 0.5), ("one", 1), ("three", 3), ("six", 6), ("sixth", 1 / 6.0),
      ("root", 2.0.squareRoot()), ("inverseRoot", 0.5.squareRoot()),
      ("cubic", 0.044715), ("steepness", (2 / Double.pi).squareRoot()),
    ] {
      model.floats(name, [], [Float(number)])
    }
    model.floats("zero", [], [0])
    model.node("Relu", ["input"], ["x"])
    for (operatorName, inputs, output) in nodes {
      let attributes: [String: AttributeValue] =
        operatorName == "HardSigmoid" ? ["alpha": 0.166_666_67, "beta": 0.5] : [:]
      model.node(operatorName, inputs, [output], attributes)
    }
    model.output("y")
    return model
  }

  /// Protects the recognition, and that one layer of the last node's name remains.
  @Test(
    arguments: [
      ("SiLU", ActivationFunction.silu, [("Sigmoid", ["x"], "s"), ("Mul", ["x", "s"], "y")]),
      ("SiLU, turned round", .silu, [("Sigmoid", ["x"], "s"), ("Mul", ["s", "x"], "y")]),
      ("hard-swish", .hardSwish, [("HardSigmoid", ["x"], "s"), ("Mul", ["x", "s"], "y")]),
      (
        "mish", .mish,
        [("Softplus", ["x"], "p"), ("Tanh", ["p"], "t"), ("Mul", ["x", "t"], "y")]
      ),
      (
        "hard-swish by clip, divided at last", .hardSwish,
        [
          ("Add", ["x", "three"], "a"), ("Clip", ["a", "zero", "six"], "c"),
          ("Mul", ["x", "c"], "m"), ("Div", ["m", "six"], "y"),
        ]
      ),
      (
        "hard-swish by clip, divided first", .hardSwish,
        [
          ("Add", ["three", "x"], "a"), ("Clip", ["a", "zero", "six"], "c"),
          ("Mul", ["c", "sixth"], "m"), ("Mul", ["x", "m"], "y"),
        ]
      ),
      (
        "hard sigmoid by clip", .hardSigmoid(alpha: 1 / 6, beta: 0.5),
        [
          ("Add", ["x", "three"], "a"), ("Clip", ["a", "zero", "six"], "c"),
          ("Div", ["c", "six"], "y"),
        ]
      ),
      (
        "GELU as PyTorch writes it", .gelu(approximate: false),
        [
          ("Div", ["x", "root"], "d"), ("Erf", ["d"], "e"), ("Add", ["e", "one"], "a"),
          ("Mul", ["x", "a"], "m"), ("Mul", ["m", "half"], "y"),
        ]
      ),
      (
        "GELU by tanh, with a power", .gelu(approximate: true),
        [
          ("Pow", ["x", "three"], "p"), ("Mul", ["p", "cubic"], "c"), ("Add", ["x", "c"], "a"),
          ("Mul", ["a", "steepness"], "u"), ("Tanh", ["u"], "t"), ("Add", ["t", "one"], "g"),
          ("Mul", ["x", "half"], "h"), ("Mul", ["h", "g"], "y"),
        ]
      ),
      (
        "GELU by tanh, with products", .gelu(approximate: true),
        [
          ("Mul", ["x", "x"], "s"), ("Mul", ["s", "x"], "p"), ("Mul", ["cubic", "p"], "c"),
          ("Add", ["c", "x"], "a"), ("Mul", ["steepness", "a"], "u"), ("Tanh", ["u"], "t"),
          ("Add", ["one", "t"], "g"), ("Mul", ["x", "g"], "m"), ("Mul", ["half", "m"], "y"),
        ]
      ),
      (
        "GELU, halved first", .gelu(approximate: false),
        [
          ("Mul", ["x", "inverseRoot"], "d"), ("Erf", ["d"], "e"), ("Add", ["one", "e"], "a"),
          ("Mul", ["x", "half"], "m"), ("Mul", ["m", "a"], "y"),
        ]
      ),
    ] as [(String, ActivationFunction, [(String, [String], String)])])
  func recognized(
    name: String, function: ActivationFunction, nodes: [(String, [String], String)]
  ) throws {
    let network = try model(nodes).load().network
    #expect(network.layers.map(\.name) == ["x", "y"])
    let activation = try #require(network.layers.last?.operation as? Activation)
    #expect(activation.function == function)
  }

  /// Protects values that are read elsewhere too: the gate of a squeeze-and-excitation block is no SiLU,
  /// and a sigmoid that is an output stays.
  @Test func keptApart() throws {
    let excitation = model([
      ("GlobalAveragePool", ["x"], "p"), ("Sigmoid", ["p"], "s"), ("Mul", ["x", "s"], "y"),
    ])
    #expect(try excitation.load().network.layers.map(\.name) == ["x", "p", "s", "y"])
    var tapped = model([("Sigmoid", ["x"], "s"), ("Mul", ["x", "s"], "y")])
    tapped.output("s")
    #expect(try tapped.load().network.layers.map(\.name) == ["x", "s", "y"])
  }

  /// Protects a curve that only resembles GELU's approximation.
  @Test func otherCubicIsNoGELU() throws {
    let network = try model([
      ("Pow", ["x", "three"], "p"), ("Mul", ["p", "sixth"], "c"), ("Add", ["x", "c"], "a"),
      ("Mul", ["a", "steepness"], "u"), ("Tanh", ["u"], "t"), ("Add", ["t", "one"], "g"),
      ("Mul", ["x", "half"], "h"), ("Mul", ["h", "g"], "y"),
    ]).load().network
    #expect(network.layers.last?.operation is Arithmetic)
  }

  /// Protects an error function on its own, which is arithmetic and no activation.
  @Test func loneErrorFunction() throws {
    let network = try model([("Erf", ["x"], "y")]).load().network
    #expect(network.layers.last?.operation as? MathFunction == .errorFunction)
  }
}
