import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects convolutions that hand out the maxima of their results alone: values and gradients are those of the two
/// operations one after the other, and the two stay apart where something has to see the map between.
@Suite struct PooledConvolutionTests {
  /// A map, and how it is convolved and activated before it is pooled.
  struct Case: Sendable, CustomTestStringConvertible {
    let shape: [Int]
    let outputs: Int
    var padding: Padding = .uniform(1)
    var function: ActivationFunction = .relu
    var layout: TensorLayout = .channelsLast
    var pooling: Padding = .uniform(0)

    var testDescription: String { "\(shape), \(outputs), \(padding), \(function), \(layout)" }

    /// Pooling between two convolutions, beside another part of a concatenation.
    var network: NeuralNetwork {
      get throws {
        let channels = shape[3]
        return try NeuralNetwork(
          layout: layout, inputs: [.map("x", shape, layout)],
          layers: [
            Layer("first", .convolution(channels, channels, kernel: 1), inputs: ["x"]),
            Layer(
              "conv",
              Convolution(
                weights: .weights([outputs, 3, 3, channels], in: -0.2...0.2),
                bias: .weights([outputs], seed: 2), padding: padding),
              inputs: ["first"]),
            Layer("conv/bn", .normalization(outputs), inputs: ["conv"]),
            Layer("conv/act", Activation(function), inputs: ["conv/bn"]),
            Layer(
              "pool",
              Pooling(
                .maximum,
                window: SlidingWindow(kernel: [2, 2], stride: [2, 2], padding: pooling)),
              inputs: ["conv/act"]),
            Layer("other", .convolution(outputs, 5, kernel: 1), inputs: ["pool"]),
            Layer("joined", Concatenation(axis: layout.axis(3)), inputs: ["pool", "other"]),
          ], outputs: ["joined"])
      }
    }

    var input: [String: DoubleTensor] {
      var tensors = SeededTensors(seed: 5)
      return ["x": tensors.spaced(shape, in: -2...2)]
    }

    /// What the program for these taps computes, and by which kernels.
    func run(_ taps: [LayerID]) throws -> (run: EngineRun, pools: Bool) {
      let program = try Program(network, inputShapes: ["x": shape], taps: taps)
      var tensors = SeededTensors(seed: 7)
      let seeds = program.taps.map { tap in
        // No gradient for the map between, which is tapped only to keep it.
        tap.layer == "pool" ? tensors.uniform(tap.shape) : DoubleTensor(shape: tap.shape)
      }
      return (try EngineRun(Workspace(program), input, seeds: seeds), program.pools)
    }
  }

  /// Even and odd sides, tiles that are cut by 1, 2 and 3 cells, channels that fill vectors and that do not, weights
  /// that are transformed once and at each step, few tiles and many, small tiles and large, every padding.
  static let cases = [
    Case(shape: [1, 16, 16, 16], outputs: 32),
    Case(shape: [2, 14, 18, 21], outputs: 37),
    Case(shape: [3, 13, 17, 8], outputs: 16),
    Case(shape: [1, 15, 19, 19], outputs: 50, function: .leakyReLU(slope: 0.2)),
    Case(shape: [1, 44, 52, 16], outputs: 70, function: .relu6),
    Case(shape: [1, 16, 16, 136], outputs: 130),
    Case(shape: [1, 36, 34, 100], outputs: 170, layout: .channelsFirst),
    Case(
      shape: [2, 18, 17, 24], outputs: 20, padding: .uniform(0),
      function: .clip(minimum: -0.5, maximum: 0.25)),
    Case(shape: [1, 14, 15, 16], outputs: 16, padding: .uniform(2)),
    Case(
      shape: [1, 17, 16, 16], outputs: 40, padding: .explicit(before: [1, 0], after: [0, 2])),
    Case(shape: [1, 20, 20, 16], outputs: 32, pooling: .sameUpper),
    Case(shape: [1, 83, 87, 12], outputs: 20),
    Case(
      shape: [1, 84, 82, 16], outputs: 16, padding: .explicit(before: [0, 1], after: [2, 1])),
  ]

  @Test(arguments: cases)
  func agreesWithInterpreter(_ example: Case) throws {
    try expectAgreement(example.network, example.input, taps: ["joined"])
    try expectAgreement(example.network, example.input, taps: ["pool", "first"])
    #expect(try example.run(["joined"]).pools)
  }

  /// Protects the rounding: the products are the same, so that no bit differs from pooling after the convolution.
  @Test(arguments: cases.filter { $0.function == .relu })
  func equalsTheTwoByThemselves(_ example: Case) throws {
    let pooled = try example.run(["pool"])
    let apart = try example.run(["pool", "conv/act"])
    #expect(pooled.pools && !apart.pools)
    #expect(pooled.run.taps[0].elements == apart.run.taps[0].elements)
    #expect(pooled.run.gradients == apart.run.gradients)
  }

  /// Protects ties: of equal cells the first wins, as in all pooling. Of a map of zeros only the bias is left, and all
  /// four cells of each window are equal to the last bit.
  @Test func theFirstOfEqualsWins() throws {
    let input = ["x": DoubleTensor(shape: [1, 16, 16, 16])]
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 16, 16, 16], .channelsLast)],
      layers: [
        Layer("conv", .convolution(16, 16, kernel: 3), inputs: ["x"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["conv"]),
      ], outputs: ["pool"])
    #expect(
      try Program(network, inputShapes: ["x": [1, 16, 16, 16]], taps: ["pool"] as [LayerID]).pools)
    try expectAgreement(network, input, taps: ["pool"])
  }

  /// Protects the test that steps allocate nothing: its network has such a convolution.
  @Test func theNetworkOfEveryKernelPools() throws {
    for layout in TensorLayout.both {
      #expect(
        try Program(
          try SampleNetworks.everyKernel(layout), inputShapes: ["x": [2, 40, 36, 3]],
          taps: SampleNetworks.everyKernelTaps
        ).pools)
    }
  }
}

extension Program {
  /// Whether a step of it convolves and pools.
  var pools: Bool {
    steps.contains { (($0.kernel as? ProductConvolutionKernel)?.winnerCount ?? 0) > 0 }
  }
}
