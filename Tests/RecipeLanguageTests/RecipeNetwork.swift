import ConvolutionalNetworks
import FeatureVisualization

/// A small network with labels and with layers that are called as other tools call theirs.
enum RecipeNetwork {
  static func make() throws -> NeuralNetwork {
    try .sequential(
      .picture(height: 12, width: 10), labels: ["zebra", "lion", "tiger cat"],
      [
        .convolution(6, kernel: 3, activation: .softplus, name: "conv1"),
        .convolution(4, kernel: 3, activation: .tanh, name: "block_2/conv-2.out"),
        .batchNormalization, .convolution(4, kernel: 3, activation: .tanh, name: "17"),
        .globalAveragePooling, .dense(3, name: "scores"),
      ])
  }
}
