import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects products of two computed values, and the gradients of both: sums where one is a factor of several.
@Suite struct MatrixMultiplicationTests {
  @Test(arguments: shapes)
  func agreesWithInterpreter(left: [Int], right: [Int]) throws {
    // In the network's own order, so that the last axes are the matrices'.
    let names = ["left", "right"]
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: zip(names, [left, right]).map { NetworkInput($0, shape: $1, channelAxis: nil) },
      layers: [
        Layer("left'", Activation(.softplus), inputs: ["left"]),
        Layer("right'", Activation(.tanh), inputs: ["right"]),
        Layer("y", MatrixMultiplication(), inputs: ["left'", "right'"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 5)
    let inputs = ["left": tensors.uniform(left), "right": tensors.uniform(right)]
    try expectAgreement(network, inputs, taps: ["y"])
    try expectAgreement(network, inputs, taps: ["y", "left'", "right'"])
  }

  static let shapes: [([Int], [Int])] = [
    ([3, 4], [4, 5]), ([1, 4], [4, 5]), ([3, 4], [4, 1]), ([4], [4, 5]), ([3, 4], [4]),
    ([4], [4]), ([2, 6, 3, 4], [2, 6, 4, 5]), ([2, 6, 3, 4], [4, 5]), ([3, 4], [2, 6, 4, 5]),
    ([2, 1, 3, 4], [1, 6, 4, 5]), ([6, 3, 4], [2, 1, 4, 5]), ([2, 6, 3, 4], [4]),
    ([4], [2, 6, 4, 5]), ([2, 3, 4], [1, 4, 5]),
    ([2, 1, 3, 2, 3], [1, 5, 3, 3, 2]), ([3, 2, 4], [2, 1, 4, 3]),
    // Larger than a chunk.
    ([300, 200], [200, 70]), ([3, 130, 90], [3, 90, 140]), ([2, 150, 60], [60, 200]),
  ]

  /// Protects feature maps as operands: the matrices are the network's, not those that lie in memory.
  @Test func multipliesFeatureMaps() throws {
    // Handed in as [N, H, W, C]: [2, 6, 3, 5] by [2, 6, 5, 4] in a channels-first network.
    try OperationCase("channels first", [2, 3, 5, 6], [2, 5, 4, 6]) { _ in MatrixMultiplication() }
      .check(.channelsFirst)
    try OperationCase("channels last", [2, 3, 5, 6], [2, 3, 6, 4]) { _ in MatrixMultiplication() }
      .check(.channelsLast)
  }

  /// Protects gradients that reach one value through both factors: `x · xᵀ`, attention of a value to itself.
  @Test func multipliesAValueByItself() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [2, 5, 4], channelAxis: nil)],
      layers: [
        Layer("transposed", Transpose([0, 2, 1]), inputs: ["x"]),
        Layer("scores", MatrixMultiplication(), inputs: ["x", "transposed"]),
        Layer("shares", Activation(.softmax(axis: -1)), inputs: ["scores"]),
        Layer("y", MatrixMultiplication(), inputs: ["shares", "x"]),
        Layer("squares", MatrixMultiplication(), inputs: ["shares", "shares"]),
      ], outputs: ["y", "squares"])
    var tensors = SeededTensors(seed: 5)
    try expectAgreement(network, ["x": tensors.uniform([2, 5, 4])], taps: ["y", "squares"])
  }

  /// Protects against factors that do not fit, which BLAS would read beyond.
  @Test(arguments: [([3, 4], [3, 5]), ([], [4, 5]), ([2, 3, 4], [3, 4, 5]), ([3, 4], [3])])
  func refusesWhatDoesNotFit(left: [Int], right: [Int]) throws {
    #expect(throws: ShapeError.self) {
      _ = try MatrixMultiplication().outputShapes(for: [left, right], layout: .channelsLast)
    }
  }
}
