import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects concatenation in place: branches that write into slices of the joined map and read their gradients
/// there, whatever the algorithm, and copies where a slice would not do.
@Suite struct ConcatenatedValueTests {
  /// Branches of every algorithm of convolution, joined in two stages.
  static func branches(_ layout: TensorLayout) throws -> NeuralNetwork {
    let channels = layout.axis(3)
    return try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 9, 7, 8], layout)],
      layers: [
        Layer("pointwise", .convolution(8, 5, kernel: 1), inputs: ["x"]),
        Layer("pointwise/relu", Activation(.relu), inputs: ["pointwise"]),
        Layer("matrix", .convolution(8, 20, kernel: 3), inputs: ["x"]),
        Layer("matrix/bn", .normalization(20), inputs: ["matrix"]),
        Layer("matrix/relu6", Activation(.relu6), inputs: ["matrix/bn"]),
        Layer("depthwise", .convolution(8, 8, kernel: 3, groups: 8), inputs: ["x"]),
        Layer("depthwise/leaky", Activation(.leakyReLU(slope: 0.2)), inputs: ["depthwise"]),
        Layer("tanh", Activation(.tanh), inputs: ["pointwise/relu"]),
        Layer("copied", .convolution(8, 3, kernel: 1, seed: 5), inputs: ["x"]),
        Layer("copied/tanh", Activation(.tanh), inputs: ["copied"]),
        Layer(
          "inner", Concatenation(axis: channels), inputs: ["matrix/relu6", "depthwise/leaky"]),
        Layer(
          "outer", Concatenation(axis: channels), inputs: ["copied/tanh", "inner", "x", "tail"]),
        Layer("tail", .convolution(8, 5, kernel: 5, seed: 3), inputs: ["x"]),
        Layer("next", .convolution(44, 4, kernel: 3, seed: 9), inputs: ["outer"]),
        Layer("twice", Concatenation(axis: channels), inputs: ["next", "next"]),
        Layer("last", .convolution(8, 4, kernel: 1, seed: 2), inputs: ["twice"]),
      ], outputs: ["last", "tanh"])
  }

  static let taps: [[LayerID]] = [
    ["last"], ["last", "tanh"], ["inner", "last"], ["outer"], ["depthwise/leaky", "last"],
    ["matrix", "outer"], ["twice", "tail"],
  ]

  @Test(arguments: taps, TensorLayout.both)
  func agreesWithInterpreter(taps: [LayerID], layout: TensorLayout) throws {
    var tensors = SeededTensors(seed: 3)
    let network = try Self.branches(layout)
    for batch in [1, 2] {
      try expectAgreement(network, ["x": tensors.uniform([batch, 9, 7, 8])], taps: taps)
    }
  }

  /// Protects the copies that are saved: a concatenation of branches alone is no step at all.
  @Test func branchesNeedNoCopy() throws {
    func steps(_ taps: [LayerID]) throws -> [String] {
      try Program(
        try Self.branches(.channelsFirst), inputShapes: ["x": [1, 9, 7, 8]], taps: taps
      ).stepLayers
    }
    #expect(try steps(["inner"]) == ["matrix", "depthwise"])
    #expect(try steps(["inner", "depthwise/leaky"]) == ["matrix", "depthwise", "inner"])
    #expect(try steps(["outer"]).filter { $0 == "inner" } == [])
  }

  /// Protects joins along another axis than that of the channels: of one picture they are stretches that follow
  /// one another, of several they are not.
  @Test(arguments: TensorLayout.both, [0, 1, 2])
  func joinsAlongOtherAxes(layout: TensorLayout, axis: Int) throws {
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [1, 6, 5, 4], layout)],
      layers: [
        Layer("left", .convolution(4, 4, kernel: 3), inputs: ["x"]),
        Layer("right", Activation(.sigmoid), inputs: ["x"]),
        Layer("joined", Concatenation(axis: layout.axis(axis)), inputs: ["left", "right"]),
        Layer("other", .convolution(4, 4, kernel: 1, seed: 7), inputs: ["joined"]),
        Layer("third", .convolution(4, 4, kernel: 1, seed: 8), inputs: ["joined"]),
        Layer("both", Concatenation(axis: layout.axis(3)), inputs: ["other", "third"]),
      ], outputs: ["both"])
    var tensors = SeededTensors(seed: 3)
    for batch in [1, 3] {
      try expectAgreement(network, ["x": tensors.uniform([batch, 6, 5, 4])], taps: ["both"])
    }
  }
}
