import Attribution
import FeatureVisualizationTestSupport

/// A small network without a kink: "conv1" 3×3 softplus, "conv2" 3×3 stride 2 tanh, "flat",
/// "dense".
enum SmoothNetwork {
  static let side = 14
  static let classes = 5

  static func make() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 7)
    func weights(_ shape: [Int], scale: Double) -> Tensor {
      Tensor(random.uniform(shape, in: -scale...scale))
    }
    let layers = [
      Layer(
        "conv1",
        Convolution(
          weights: weights([6, 3, 3, 3], scale: 0.7), bias: weights([6], scale: 0.1),
          padding: .uniform(1), activation: .softplus), inputs: ["input"]),
      Layer(
        "conv2",
        Convolution(
          weights: weights([4, 3, 3, 6], scale: 0.25), bias: weights([4], scale: 0.1),
          stride: [2, 2], padding: .uniform(1), activation: .tanh), inputs: ["conv1"]),
      Layer("flat", Flatten(), inputs: ["conv2"]),
      Layer(
        "dense",
        Dense(
          weights: weights([classes, 7 * 7 * 4], scale: 0.3), bias: weights([classes], scale: 0.1)),
        inputs: ["flat"]),
      Layer("softmax", Activation(.softmax(axis: -1)), inputs: ["dense"]),
    ]
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, side, side, 3], channelAxis: 3,
          specification: try InputSpecification(valueRange: -1...1))
      ], layers: layers, outputs: ["softmax"])
  }

  /// Random pictures, 0…1.
  static func pictures(_ count: Int, seed: UInt64 = 4) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(
      shape: [count, side, side, 3],
      elements: (0..<count * side * side * 3).map { _ in Float(generator.uniform()) })
  }
}
