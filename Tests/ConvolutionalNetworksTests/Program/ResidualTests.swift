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

  /// Protects sums behind a convolution of one channel, which has a kernel without a second input.
  @Test func addsToASingleChannel() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 6, 7, 1], .channelsFirst)],
      layers: [
        Layer("left", .convolution(1, 1, kernel: 3), inputs: ["x"]),
        Layer("sum", Arithmetic(.add), inputs: ["left", "x"]),
        Layer("act", Activation(.relu), inputs: ["sum"]),
      ], outputs: ["act"])
    var tensors = SeededTensors(seed: 8)
    try expectAgreement(network, ["x": tensors.uniform([2, 6, 7, 1])], taps: ["act"])
  }

  /// Protects the passes that are saved: a sum and its activation are one step, and so is a mean over positions.
  @Test func sumsAreActivatedInOnePass() throws {
    func steps(_ taps: [LayerID]) throws -> [String] {
      try Program(
        try Self.network(.relu), inputShapes: ["x": [1, 5, 7, 3]], taps: taps
      ).stepLayers
    }
    // The convolution adds the other side itself.
    #expect(try steps(["act"]) == ["left"])
    #expect(try steps(["act", "sum"]) == ["left", "act"])
    #expect(try steps(["left", "act"]) == ["left", "sum"])
    #expect(try steps(["mean"]) == ["left", "twice", "squeeze", "stretched", "last", "mean"])
  }

  /// Protects sums that a convolution adds up, whatever its algorithm, whichever side it is on, and where both sides
  /// are convolutions; in a concatenation the sum lies in a slice.
  @Test(arguments: [1, 3, 5], [[2, 13, 12, 24], [1, 9, 9, 40]])
  func convolutionsAddTheOtherSide(kernel: Int, shape: [Int]) throws {
    let channels = shape[3]
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", shape, .channelsLast)],
      layers: [
        Layer("first", .convolution(channels, channels, kernel: kernel), inputs: ["x"]),
        Layer("one", Arithmetic(.add), inputs: ["first", "x"]),
        Layer("one/act", Activation(.relu), inputs: ["one"]),
        Layer("left", .convolution(channels, 20, kernel: 1), inputs: ["one/act"]),
        Layer("right", .convolution(channels, 20, kernel: kernel), inputs: ["one/act"]),
        Layer("two", Arithmetic(.add), inputs: ["left", "right"]),
        Layer("two/act", Activation(.leakyReLU(slope: 0.3)), inputs: ["two"]),
        Layer("joined", Concatenation(axis: 3), inputs: ["two/act", "x"]),
      ], outputs: ["joined"])
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform(shape)]
    for taps in [["joined"], ["two", "one"], ["joined", "left"]] as [[LayerID]] {
      try expectAgreement(network, input, taps: taps)
    }
  }

  /// Protects gradients that take the place of a sum's, on their way past its activation: whether the convolution passes
  /// them on itself or not, past bits, values or nothing, and where a loss reads the sum too.
  @Test(
    arguments: [1, 3], [nil, .relu, .leakyReLU(slope: 0.3), .tanh] as [ActivationFunction?])
  func gradientsTakeThePlaceOfTheSums(kernel: Int, function: ActivationFunction?) throws {
    let (shape, channels) = ([2, 9, 11, 40], 40)
    var layers: [Layer] = []
    var value = "x"
    for block in ["a", "b", "c"] {
      layers += [
        Layer("\(block)/in", .convolution(channels, 24, kernel: 3), inputs: [value]),
        Layer("\(block)/act", Activation(.relu), inputs: ["\(block)/in"]),
        Layer("\(block)/out", .convolution(24, channels, kernel: kernel), inputs: ["\(block)/act"]),
        Layer("\(block)/sum", Arithmetic(.add), inputs: ["\(block)/out", value]),
      ]
      value = "\(block)/sum"
      if let function {
        layers.append(Layer("\(block)", Activation(function), inputs: [value]))
        value = block
      }
    }
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", shape, .channelsLast)], layers: layers,
      outputs: [value])
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform(shape)]
    for taps in [["c/sum"], ["b/sum", "c/sum"], ["a/sum", "c/act"]] as [[LayerID]] {
      try expectAgreement(network, input, taps: taps)
    }
  }
}
