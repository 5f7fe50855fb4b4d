import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects sums and the activations fused into them: gradients for both sides at once, and both sides one value.
@Suite struct ResidualTests {
  static func network(_ function: ActivationFunction) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 5, 7, 3], .channelsFirst)],
      layers: [
        Layer("left", .convolution(3, 3, kernel: 3), inputs: ["x"]),
        Layer("sum", Arithmetic(.add), inputs: ["left", "x"]),
        Layer("act", Activation(function), inputs: ["sum"]),
        Layer("twice", Arithmetic(.add), inputs: ["act", "act"]),
        Layer("twice/act", Activation(function), inputs: ["twice"]),
        Layer("squeeze", Reduction(.mean, axes: [2, 3]), inputs: ["act"]),
        Layer("stretched", Arithmetic(.add), inputs: ["twice/act", "squeeze"]),
        Layer("last", Activation(function), inputs: ["stretched"]),
        Layer("mean", Reduction(.mean, axes: [2, 3], keepsAxes: false), inputs: ["last"]),
      ], outputs: ["mean"])
  }

  @Test(arguments: [ActivationFunction.relu, .relu6, .leakyReLU(slope: 0.2), .tanh])
  func agreesWithInterpreter(_ function: ActivationFunction) throws {
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform([2, 5, 7, 3])]
    for taps in [["mean"], ["last", "act"], ["sum", "mean"], ["twice", "twice/act"]] as [[LayerID]]
    {
      try expectAgreement(Self.network(function), input, taps: taps)
    }
  }

  /// Protects the passes that are saved: a sum and its activation are one step, and so is a mean over positions.
  @Test func sumsAreActivatedInOnePass() throws {
    func steps(_ taps: [LayerID]) throws -> [String] {
      try Program(
        try Self.network(.relu), inputShapes: ["x": [1, 5, 7, 3]], taps: taps
      ).stepLayers
    }
    #expect(try steps(["act"]) == ["left", "sum"])
    #expect(try steps(["act", "sum"]) == ["left", "sum", "act"])
    #expect(
      try steps(["mean"]) == ["left", "sum", "twice", "squeeze", "stretched", "last", "mean"])
  }
}
