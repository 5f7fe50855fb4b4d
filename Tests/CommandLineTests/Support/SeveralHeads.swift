import FeatureVisualization
import NetworkFormats

/// Small networks of several inputs or outputs, or of outputs that are not what they seem, for 8×8 pictures.
enum SeveralHeads {
  private static let pictureInput = NetworkInput(
    "picture", shape: [nil, 3, 8, 8], channelAxis: 1)
  private static let flat = Layer("flat", Flatten(), inputs: ["picture"])

  private static func dense(
    _ name: String, units: Int, inputs: Int = 192, bias: Float = 0, from value: String = "flat"
  ) -> Layer {
    Layer(
      name,
      Dense(
        weights: .sample([units, inputs], seed: UInt64(units)),
        bias: Tensor(shape: [units], repeating: bias)), inputs: [value])
  }

  /// Two softmaxes: `main`, `mainprob` of 5 classes, and `aux`, `auxprob` of 3, which is the last layer.
  static func twoOutputs() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [pictureInput],
      layers: [
        flat, dense("main", units: 5),
        Layer("mainprob", Activation(.softmax(axis: 1)), inputs: ["main"]),
        dense("aux", units: 3),
        Layer("auxprob", Activation(.softmax(axis: 1)), inputs: ["aux"]),
      ], outputs: ["mainprob", "auxprob"])
  }

  /// `meta`, five numbers, before `picture`; `y` of three units reads both.
  static func twoInputs() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("meta", shape: [nil, 5], channelAxis: nil), pictureInput],
      layers: [
        flat, Layer("both", Concatenation(axis: 1), inputs: ["meta", "flat"]),
        dense("y", units: 3, inputs: 197, from: "both"),
      ], outputs: ["y"])
  }

  /// One number of a sigmoid that is 0 in single precision but for its last digits.
  static func saturated() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [pictureInput],
      layers: [
        flat, dense("logit", units: 1, bias: -60),
        Layer("p", Activation(.sigmoid), inputs: ["logit"]),
      ], outputs: ["p"])
  }

  /// The logarithm of negative numbers.
  static func logarithm() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [pictureInput],
      layers: [
        flat, dense("negative", units: 2, bias: -1000),
        Layer("log", MathFunction.logarithm, inputs: ["negative"]),
      ], outputs: ["log"])
  }

  /// A row of ten numbers, no picture.
  static func tabular() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [nil, 10], channelAxis: nil)],
      layers: [dense("y", units: 2, inputs: 10, from: "x")], outputs: ["y"])
  }
}
