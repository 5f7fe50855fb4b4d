import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects activations that wait until after a maximum, through concatenations too: values and gradients are
/// what they would be before it, and a tap in between sees the activated value.
@Suite struct MaximaTests {
  static func network(_ function: ActivationFunction, _ window: SlidingWindow) throws
    -> NeuralNetwork
  {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [2, 11, 12, 6], .channelsLast)],
      layers: [
        Layer("left", .convolution(6, 5, kernel: 1), inputs: ["x"]),
        Layer("left/act", Activation(function), inputs: ["left"]),
        Layer("right", .convolution(6, 20, kernel: 3), inputs: ["x"]),
        Layer("right/bn", .normalization(20), inputs: ["right"]),
        Layer("right/act", Activation(function), inputs: ["right/bn"]),
        Layer("joined", Concatenation(axis: 3), inputs: ["left/act", "right/act"]),
        Layer("pool", Pooling(.maximum, window: window, ceilMode: true), inputs: ["joined"]),
        Layer("next", .convolution(25, 4, kernel: 3, seed: 4), inputs: ["pool"]),
        Layer("next/act", Activation(function), inputs: ["next"]),
        Layer("last", Pooling(.maximum, window: window), inputs: ["next/act"]),
        Layer("last/act", Activation(.relu), inputs: ["last"]),
      ], outputs: ["last/act"])
  }

  static let windows = [
    SlidingWindow(kernel: [2, 2], stride: [2, 2]),
    SlidingWindow(kernel: [3, 3], stride: [1, 2], padding: .uniform(1)),
  ]

  @Test(arguments: [ActivationFunction.relu, .relu6, .leakyReLU(slope: 0.2), .tanh], windows)
  func agreesWithInterpreter(_ function: ActivationFunction, window: SlidingWindow) throws {
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform([2, 11, 12, 6])]
    let network = try Self.network(function, window)
    for taps in [["last/act"], ["joined", "last"], ["right/act", "last/act"]] as [[LayerID]] {
      try expectAgreement(network, input, taps: taps)
    }
  }

  /// Protects windows that see nothing but padding: nothing has no largest value, and no activation makes one.
  @Test func maximaOfNothingStay() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 4, 5, 3], .channelsLast)],
      layers: [
        Layer("y", .convolution(3, 2, kernel: 1), inputs: ["x"]),
        Layer("act", Activation(.relu), inputs: ["y"]),
        Layer(
          "pool",
          Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], padding: .uniform(3))),
          inputs: ["act"]),
      ], outputs: ["pool"])
    var tensors = SeededTensors(seed: 8)
    let run = try EngineRun(network, ["x": tensors.uniform([1, 4, 5, 3])], taps: ["pool"])
    #expect(run.taps[0][0, 0, 0, 0] == -.infinity)
    #expect(run.taps[0][0, 4, 4, 1] >= 0)
  }
}
