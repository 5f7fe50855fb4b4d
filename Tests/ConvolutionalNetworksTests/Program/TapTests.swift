import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects taps on values that a fusion would hide, and values that are tapped and read on as well.
@Suite struct TapTests {
  /// Convolution, batch normalization and activation, each algorithm of convolution once.
  static func fusible(kernel: Int, groups: Int, _ layout: TensorLayout) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 9, 7, 8], layout)],
      layers: [
        Layer("conv", .convolution(8, 8, kernel: kernel, groups: groups), inputs: ["x"]),
        Layer("bn", .normalization(8), inputs: ["conv"]),
        Layer("relu", Activation(.relu), inputs: ["bn"]),
        Layer("next", .convolution(8, 5, kernel: 3, seed: 9), inputs: ["relu"]),
        Layer("tanh", Activation(.tanh), inputs: ["next"]),
      ], outputs: ["tanh"])
  }

  static let combinations: [[LayerID]] = [
    ["conv"], ["bn"], ["relu"], ["next"], ["tanh"], ["conv", "relu"], ["bn", "tanh"],
    ["conv", "bn", "relu", "next", "tanh"], ["tanh", "conv"],
  ]

  @Test(arguments: combinations, TensorLayout.both)
  func tapsInTheMiddleAreExact(taps: [LayerID], layout: TensorLayout) throws {
    var tensors = SeededTensors(seed: 2)
    let input = ["x": tensors.uniform([2, 9, 7, 8])]
    for (kernel, groups) in [(1, 1), (3, 1), (3, 2), (3, 8)] {
      let network = try Self.fusible(kernel: kernel, groups: groups, layout)
      try expectAgreement(network, input, taps: taps)
    }
  }

  /// Protects against fusions that change results: with and without them the values agree.
  @Test(arguments: [(1, 1), (3, 1), (3, 8)])
  func fusionChangesNothing(kernel: Int, groups: Int) throws {
    var tensors = SeededTensors(seed: 2)
    let input = ["x": tensors.uniform([2, 9, 7, 8])]
    let network = try Self.fusible(kernel: kernel, groups: groups, .channelsFirst)
    let fused = try EngineRun(network, input, taps: ["tanh"])
    let plain = try EngineRun(
      network, input, taps: ["tanh"], options: .init(backpropModifier: PlainBackprop()))
    let separate = try EngineRun(network, input, taps: ["tanh", "relu", "bn", "conv"])
    #expect(DoubleTensor(fused.taps[0]).largestRelativeError(from: .init(plain.taps[0])) <= 1e-6)
    #expect(DoubleTensor(fused.taps[0]).largestRelativeError(from: .init(separate.taps[0])) <= 1e-6)
    let (left, right) = try (#require(fused.gradients["x"]), #require(plain.gradients["x"]))
    #expect(DoubleTensor(left).relativeL2Error(from: .init(right)) <= 1e-6)
  }

  /// Protects the speed that fusion is for: three layers, one step; and only where nobody looks in between.
  @Test func fusesWhatNobodyLooksAt() throws {
    let network = try Self.fusible(kernel: 3, groups: 1, .channelsFirst)
    func steps(_ taps: [LayerID]) throws -> [String] {
      try Program(network, inputShapes: ["x": [1, 9, 7, 8]], taps: taps).stepLayers
    }
    #expect(try steps(["relu"]) == ["conv"])
    #expect(try steps(["relu", "conv"]) == ["conv", "bn"])
    #expect(try steps(["tanh"]) == ["conv", "next", "tanh"])
  }
}
