import Attribution
import FeatureVisualizationTestSupport

/// Small networks of rectifiers for pictures of 12×12 in 0…1, without preprocessing.
enum PlainNetwork {
  static func picture() -> Tensor {
    var generator = SeededGenerator(seed: 9)
    return Tensor(
      shape: [1, 12, 12, 3], elements: (0..<12 * 12 * 3).map { _ in Float(generator.uniform()) })
  }

  /// A convolution, a residual block, both kinds of pooling and a dense layer.
  static func make(biases: Bool) throws -> NeuralNetwork {
    var random = SeededTensors(seed: 11)
    func convolution(_ outputs: Int, _ inputs: Int) -> Convolution {
      Convolution(
        weights: Tensor(random.uniform([outputs, 3, 3, inputs], in: -0.4...0.4)),
        bias: biases ? Tensor(random.uniform([outputs], in: -0.5...0.5)) : nil,
        padding: .uniform(1))
    }
    return try network([
      Layer("conv1", convolution(6, 3), inputs: ["input"]),
      Layer("relu1", Activation(.relu), inputs: ["conv1"]),
      Layer("conv2", convolution(6, 6), inputs: ["relu1"]),
      Layer("relu2", Activation(.relu), inputs: ["conv2"]),
      Layer("sum", Arithmetic(.add), inputs: ["relu1", "relu2"]),
      Layer(
        "pool", Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
        inputs: ["sum"]),
      Layer(
        "mean",
        Pooling(
          .average(countsPadding: false), window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
        inputs: ["pool"]),
      Layer("flat", Flatten(), inputs: ["mean"]),
      Layer(
        "dense",
        Dense(
          weights: Tensor(random.uniform([4, 54], in: -0.5...0.5)),
          bias: biases ? Tensor(random.uniform([4], in: -0.5...0.5)) : nil), inputs: ["flat"]),
    ])
  }

  /// Batch normalization in front of padding, of a convolution without, and of a dense layer.
  static func normalizedBefore() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 12)
    func normalization(_ channels: Int) -> BatchNormalization {
      BatchNormalization(
        scale: Tensor(random.uniform([channels], in: 0.5...1.5)),
        shift: Tensor(random.uniform([channels], in: -0.5...0.5)),
        mean: Tensor(random.uniform([channels], in: -0.5...0.5)),
        variance: Tensor(random.uniform([channels], in: 0.5...1.5)))
    }
    return try network([
      Layer("bn1", normalization(3), inputs: ["input"]),
      Layer(
        "conv1",
        Convolution(
          weights: Tensor(random.uniform([4, 3, 3, 3], in: -0.4...0.4)), padding: .uniform(1)),
        inputs: ["bn1"]),
      Layer("relu1", Activation(.relu), inputs: ["conv1"]),
      Layer("bn2", normalization(4), inputs: ["relu1"]),
      Layer(
        "conv2",
        Convolution(weights: Tensor(random.uniform([6, 3, 3, 2], in: -0.4...0.4)), groups: 2),
        inputs: ["bn2"]),
      Layer("relu2", Activation(.relu), inputs: ["conv2"]),
      Layer("mean", Reduction(.mean, axes: [1, 2], keepsAxes: false), inputs: ["relu2"]),
      Layer("bn3", normalization(6), inputs: ["mean"]),
      Layer(
        "dense", Dense(weights: Tensor(random.uniform([4, 6], in: -0.5...0.5))), inputs: ["bn3"]),
    ])
  }

  /// A network with the square of a map in its midst.
  static func squared() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 13)
    return try network([
      Layer(
        "conv", Convolution(weights: Tensor(random.uniform([4, 3, 3, 3], in: -0.4...0.4))),
        inputs: ["input"]),
      Layer("square", Arithmetic(.multiply), inputs: ["conv", "conv"]),
      Layer("mean", Reduction(.mean, axes: [1, 2], keepsAxes: false), inputs: ["square"]),
      Layer(
        "dense", Dense(weights: Tensor(random.uniform([4, 4], in: -0.5...0.5))), inputs: ["mean"]),
    ])
  }

  /// A map that is multiplied by a gate of its own channels, as squeeze and excitation does.
  static func gated() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 14)
    return try network([
      Layer(
        "conv", Convolution(weights: Tensor(random.uniform([4, 3, 3, 3], in: -0.4...0.4))),
        inputs: ["input"]),
      Layer("relu", Activation(.relu), inputs: ["conv"]),
      Layer("squeezed", Reduction(.mean, axes: [1, 2]), inputs: ["relu"]),
      Layer(
        "excited", Dense(weights: Tensor(random.uniform([4, 4], in: -2...2))), inputs: ["squeezed"]),
      Layer("gate", Activation(.sigmoid), inputs: ["excited"]),
      Layer("scaled", Arithmetic(.multiply), inputs: ["gate", "relu"]),
      Layer("mean", Reduction(.mean, axes: [1, 2], keepsAxes: false), inputs: ["scaled"]),
      Layer(
        "dense", Dense(weights: Tensor(random.uniform([4, 4], in: -0.5...0.5))), inputs: ["mean"]),
    ])
  }

  static func network(_ layers: [Layer]) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, nil, nil, 3], channelAxis: 3,
          specification: try InputSpecification())
      ], layers: layers, outputs: [layers[layers.count - 1].outputs[0]])
  }
}
