import Attribution
import FeatureVisualizationTestSupport

/// A network of signals [N, 32, 2]: "conv" of 5 along the length with stride 2, softplus, "flat", "dense" of 3.
enum SignalNetwork {
  static func make() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 5)
    func weights(_ shape: [Int]) -> Tensor { Tensor(random.uniform(shape, in: -0.5...0.5)) }
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, 32, 2], channelAxis: 2,
          specification: try InputSpecification(channelOrder: .named(["a", "b"])))
      ],
      layers: [
        Layer(
          "conv",
          Convolution(
            weights: weights([4, 5, 2]), bias: weights([4]), stride: [2], padding: .sameUpper,
            activation: .softplus), inputs: ["input"]),
        Layer("flat", Flatten(), inputs: ["conv"]),
        Layer(
          "dense", Dense(weights: weights([3, 64]), bias: weights([3])), inputs: ["flat"]),
      ], outputs: ["dense"])
  }
}
