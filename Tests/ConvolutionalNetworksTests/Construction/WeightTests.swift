import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the weights of networks written in code: random ones and given ones.
@Suite struct WeightTests {
  private func weights(_ network: NeuralNetwork) -> [[Float]] {
    network.layers.flatMap { $0.operation.parameters.map(\.values.elements) }
  }

  private func network(seed: UInt64, further: [LayerDefinition] = []) throws -> NeuralNetwork {
    try NeuralNetwork.sequential(
      .picture(height: 12, width: 12), seed: seed,
      [
        .convolution(8, kernel: 3, activation: .relu), .convolution(8, kernel: 3), .flatten,
        .dense(4),
      ] + further)
  }

  @Test func `a seed fixes every byte`() throws {
    let first = try weights(network(seed: 5))
    #expect(try weights(network(seed: 5)) == first)
    #expect(try weights(network(seed: 6)) != first)
    // Layers that come later change none before.
    #expect(try weights(network(seed: 5, further: [.dense(3)])).starts(with: first))
    // The stream of xoshiro256** under seed 5, and ±√(6 / 27) of He et al.
    var generator = SeededGenerator(seed: 5)
    let bound = (6.0 / 27).squareRoot()
    let expected = (0..<3).map { _ in Float(bound * (2 * generator.uniform() - 1)) }
    #expect(Array(first[0].prefix(3)) == expected)
  }

  /// The largest magnitude of a layer's weights, which for thousands of uniform ones is close to their bound.
  private func bound(_ layer: LayerID, in network: NeuralNetwork) throws -> Float {
    try network.layer(layer).operation.parameters[0].values.elements.map(abs).max() ?? 0
  }

  /// Protects depth: He's bound √(6 / fan-in) where a rectifier reads a layer, Glorot's √(6 / (fan-in + fan-out)) elsewhere.
  @Test func `bounds are He's for rectified layers and Glorot's for others`() throws {
    let network = try NeuralNetwork.sequential(
      .map(height: 9, width: 9, channels: 30), seed: 1,
      [
        .convolution(60, kernel: 3, activation: .relu, name: "own"),
        .convolution(60, kernel: 3, name: "behind"), .activation(.gelu(approximate: true)),
        .convolution(60, kernel: 3, groups: 2, name: "normalized"), .batchNormalization,
        .activation(.relu), .convolution(60, kernel: 3, padding: 1, name: "linear"),
        .transposedConvolution(60, kernel: 4, stride: 2, name: "transposed"),
        .depthwiseConvolution(kernel: 3, multiplier: 60, activation: .tanh, name: "depthwise"),
        .globalAveragePooling, .dense(40, activation: .softmax, name: "dense"),
      ])
    func expect(_ layer: LayerID, _ variance: Double) throws {
      let limit = Float((3 * variance).squareRoot())
      let largest = try bound(layer, in: network)
      #expect(largest <= limit && largest > 0.99 * limit, "\(layer)")
      #expect(
        try network.layer(layer).operation.parameters[1].values.elements.allSatisfy { $0 == 0 })
    }
    try expect("own", 2 / (30 * 9))
    try expect("behind", 2 / (60 * 9))
    try expect("normalized", 2 / (30 * 9))
    try expect("linear", 2 / (60 * 9 + 60 * 9))
    // A kernel of 4×4 in steps of 2 reaches each result with four of its cells.
    try expect("transposed", 2 / (60 * 4 + 60 * 16))
    try expect("depthwise", 2 / (9 + 60 * 9))
    try expect("dense", 2 / (3600 + 40))
  }

  /// Protects deep networks from fading: activations keep their magnitude through twenty rectified layers.
  @Test func `activations keep their magnitude`() throws {
    let block: [LayerDefinition] = [
      .convolution(32, kernel: 3, padding: .same), .batchNormalization, .activation(.relu),
    ]
    let network = try NeuralNetwork.sequential(
      .map(height: 8, width: 8, channels: 32), seed: 1, (0..<20).flatMap { _ in block })
    var tensors = SeededTensors(seed: 1)
    let input = tensors.uniform([1, 8, 8, 32], in: -2...2)
    let values = try ReferenceInterpreter(network).evaluate(
      ["input": input], taps: ["activation_19"])
    let last = try values.value(of: "activation_19").elements
    let power = last.reduce(0) { $0 + $1 * $1 } / Double(last.count)
    // Half of the power would get lost in each layer: a millionth would be left.
    #expect(power > 0.001 && power < 20)
  }

  /// Protects the order in which given weights are read, with sums worked out by hand.
  @Test func `given weights are taken as they are`() throws {
    // Two filters of 1×2 cells over two channels, then a unit for their difference.
    let weights = Tensor(shape: [2, 1, 2, 2], elements: [1, 10, 100, 1000, 0, 0, 2, 0])
    let network = try NeuralNetwork.sequential(
      .map(height: 1, width: 2, channels: 2),
      [
        .convolution(weights: weights, bias: Tensor(shape: [2], elements: [0.5, 0]), name: "c"),
        .batchNormalization(
          scale: Tensor(shape: [2], elements: [2, 1]), shift: Tensor(shape: [2], elements: [0, 3]),
          mean: Tensor(shape: [2], elements: [0.5, 0]),
          variance: Tensor(shape: [2], repeating: 1), epsilon: 0, name: "b"),
        .flatten, .dense(weights: Tensor(shape: [1, 2], elements: [1, -1]), name: "d"),
      ])
    let input = DoubleTensor(shape: [1, 1, 2, 2], elements: [1, 2, 3, 4])
    let values = try ReferenceInterpreter(network).evaluate(
      ["input": input], taps: ["c", "b", "d"])
    #expect(try values.value(of: "c").elements == [4321.5, 6])
    #expect(try values.value(of: "b").elements == [8642, 9])
    #expect(try values.value(of: "d").elements == [8633])
    try expectAgreement(network, ["input": input], taps: ["d"])
  }

  @Test func `given weights enlarge and standardize`() throws {
    let network = try NeuralNetwork.sequential(
      .signal(length: 2),
      [
        .transposedConvolution(
          weights: Tensor(shape: [1, 2, 2], elements: [1, 0, 2, -2]), stride: 2, name: "t"),
        .layerNormalization(
          scale: Tensor(shape: [2], elements: [1, 2]), shift: Tensor(shape: [2], elements: [0, 5]),
          epsilon: 0, name: "n"),
      ])
    let input = DoubleTensor(shape: [1, 2, 1], elements: [3, 4])
    let values = try ReferenceInterpreter(network).evaluate(["input": input], taps: ["t", "n"])
    #expect(try values.value(of: "t").elements == [3, 0, 6, -6, 4, 0, 8, -8])
    #expect(try values.value(of: "n").elements == [1, 3, 1, 3, 1, 3, 1, 3])
  }
}
