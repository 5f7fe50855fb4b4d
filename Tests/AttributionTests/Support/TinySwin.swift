import Attribution
import FeatureVisualizationTestSupport

/// Two stages of a Swin transformer in plain layers, for pictures 32 × 48: 8 × 12 tokens of 4 channels in windows of 4 × 4,
/// shifted by 2, then 4 × 6 tokens of 8 channels.
///
/// Tokens are [N, H·W, C] between the blocks, as the published models have them.
enum TinySwin {
  static let (rows, columns) = (8, 12)

  static func make() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 17)
    func weights(_ shape: [Int]) -> Tensor { Tensor(random.uniform(shape, in: -0.6...0.6)) }
    func slice(_ name: String, _ from: String, _ axis: Int, _ start: Int, _ end: Int, step: Int = 1)
      -> Layer
    {
      Layer(
        name,
        Slice(
          starts: .constant([start]), ends: .constant([end]), axes: .constant([axis]),
          steps: .constant([step])), inputs: [from])
    }
    /// Rows or columns shifted round.
    func roll(_ name: String, _ from: String, _ axis: Int, by shift: Int) -> [Layer] {
      [
        slice("\(name)/a", from, axis, shift, 1000), slice("\(name)/b", from, axis, 0, shift),
        Layer(name, Concatenation(axis: axis), inputs: ["\(name)/a", "\(name)/b"]),
      ]
    }
    func reshape(_ name: String, _ from: String, _ shape: [Int]) -> Layer {
      Layer(name, Reshape(to: shape), inputs: [from])
    }
    var layers = [
      Layer(
        "patches",
        Convolution(weights: weights([4, 4, 4, 3]), bias: weights([4]), stride: [4, 4]),
        inputs: ["input"]),
      reshape("embedded", "patches", [0, 96, 4]),
      Layer("norm1", LayerNormalization(), inputs: ["embedded"]),
      reshape("map1", "norm1", [0, 8, 12, 4]),
    ]
    layers += roll("down", "map1", 1, by: 2) + roll("shifted", "down", 2, by: 2)
    layers += [
      reshape("cut", "shifted", [0, 2, 4, 3, 4, 4]),
      Layer("turned", Transpose([0, 1, 3, 2, 4, 5]), inputs: ["cut"]),
      reshape("windows", "turned", [-1, 16, 4]),
      Layer("keys", Transpose([0, 2, 1]), inputs: ["windows"]),
      Layer("scores", MatrixMultiplication(), inputs: ["windows", "keys"]),
      Layer("attention", Activation(.softmax(axis: -1)), inputs: ["scores"]),
      Layer("mixed", MatrixMultiplication(), inputs: ["attention", "windows"]),
      reshape("apart", "mixed", [-1, 2, 3, 4, 4, 4]),
      Layer("back", Transpose([0, 1, 3, 2, 4, 5]), inputs: ["apart"]),
      reshape("together", "back", [0, 8, 12, 4]),
    ]
    layers += roll("up", "together", 1, by: 6) + roll("unshifted", "up", 2, by: 10)
    layers += [
      reshape("branch", "unshifted", [0, 96, 4]),
      Layer("block1", Arithmetic(.add), inputs: ["embedded", "branch"]),
      reshape("map2", "block1", [0, 8, 12, 4]),
    ]
    for (index, (y, x)) in [(0, 0), (1, 0), (0, 1), (1, 1)].enumerated() {
      layers += [
        slice("half\(index)", "map2", 1, y, 8, step: 2),
        slice("quarter\(index)", "half\(index)", 2, x, 12, step: 2),
      ]
    }
    layers += [
      Layer("merged", Concatenation(axis: 3), inputs: (0..<4).map { "quarter\($0)" }),
      reshape("tokens2", "merged", [0, 24, 16]),
      Layer("W", Constant(weights([16, 8])), inputs: []),
      Layer("reduced", MatrixMultiplication(), inputs: ["tokens2", "W"]),
      Layer("curve", Activation(.tanh), inputs: ["reduced"]),
      Layer("block2", Arithmetic(.add), inputs: ["reduced", "curve"]),
      Layer("norm2", LayerNormalization(), inputs: ["block2"]),
      Layer("mean", Reduction(.mean, axes: [1], keepsAxes: false), inputs: ["norm2"]),
      Layer("logits", Dense(weights: weights([3, 8]), bias: weights([3])), inputs: ["mean"]),
    ]
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, 32, 48, 3], channelAxis: 3, specification: try InputSpecification())
      ], layers: layers, outputs: ["logits"])
  }

  static var picture: Tensor {
    var generator = SeededGenerator(seed: 21)
    return Tensor(
      shape: [1, 32, 48, 3],
      elements: (0..<32 * 48 * 3).map { _ in Float(generator.uniform()) })
  }
}
