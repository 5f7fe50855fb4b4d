import Attribution
import FeatureVisualizationTestSupport

/// A transformer of one block in plain layers, for pictures 12 × 8: patches of 4 × 4 are 3 × 2 tokens of 8 channels behind a class
/// token, and one head of attention.
///
/// "patches", "tokens", "embedded", "norm1", "query", "key", "value", "scores", "attention", "mixed", "sum", "norm2", "hidden",
/// "added", "class", "logits".
enum TinyTransformer {
  static let (rows, columns, channels, classes) = (3, 2, 8, 4)

  /// - Parameter pooled: whether the mean of all tokens is classified instead of the class token.
  static func make(pooled: Bool = false) throws -> NeuralNetwork {
    var random = SeededTensors(seed: 3)
    func weights(_ shape: [Int]) -> Tensor { Tensor(random.uniform(shape, in: -0.6...0.6)) }
    func constant(_ name: String, _ shape: [Int]) -> Layer {
      Layer(name, Constant(weights(shape)), inputs: [])
    }
    func product(_ name: String, _ left: String, _ right: String) -> Layer {
      Layer(name, MatrixMultiplication(), inputs: [left, right])
    }
    let c = channels
    var layers = [
      Layer(
        "patches",
        Convolution(weights: weights([c, 4, 4, 3]), bias: weights([c]), stride: [4, 4]),
        inputs: ["input"]),
      Layer("tokens", Reshape(to: [0, -1, c]), inputs: ["patches"]),
      constant("token", [1, 1, c]),
      Layer("embedded", Concatenation(axis: 1), inputs: ["token", "tokens"]),
      Layer("norm1", LayerNormalization(), inputs: ["embedded"]),
      constant("Wq", [c, c]), constant("Wk", [c, c]), constant("Wv", [c, c]),
      product("query", "norm1", "Wq"), product("key", "norm1", "Wk"),
      product("value", "norm1", "Wv"),
      Layer("turned", Transpose([0, 2, 1]), inputs: ["key"]),
      product("scores", "query", "turned"),
      Layer("attention", Activation(.softmax(axis: -1)), inputs: ["scores"]),
      product("mixed", "attention", "value"),
      Layer("sum", Arithmetic(.add), inputs: ["embedded", "mixed"]),
      Layer("norm2", LayerNormalization(), inputs: ["sum"]),
      constant("W1", [c, c]), product("hidden", "norm2", "W1"),
      Layer("curve", Activation(.tanh), inputs: ["hidden"]),
      Layer("added", Arithmetic(.add), inputs: ["sum", "curve"]),
    ]
    layers.append(
      pooled
        ? Layer("class", Reduction(.mean, axes: [1], keepsAxes: false), inputs: ["added"])
        : Layer(
          "class", Gather(axis: 1, positions: .constant([0])), inputs: ["added"]))
    layers += [
      Layer("flat", Flatten(), inputs: ["class"]),
      Layer(
        "logits", Dense(weights: weights([classes, c]), bias: weights([classes])),
        inputs: ["flat"]),
    ]
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, 4 * rows, 4 * columns, 3], channelAxis: 3,
          specification: try InputSpecification())
      ], layers: layers, outputs: ["logits"])
  }

  static var picture: Tensor {
    var generator = SeededGenerator(seed: 12)
    return Tensor(
      shape: [1, 4 * rows, 4 * columns, 3],
      elements: (0..<16 * rows * columns * 3).map { _ in Float(generator.uniform()) })
  }
}
