import FeatureVisualization

/// Small networks in code.
enum SampleNetwork {
  static let side = 12

  /// Convolution, ReLU, pooling, two convolutions side by side, mean, dense: five classes.
  static func classifier(seed: UInt64 = 1, firstLayer: String = "conv1") throws -> NeuralNetwork {
    var generator = SeededGenerator(seed: seed)
    func weights(_ shape: [Int]) -> Tensor {
      Tensor(
        shape: shape,
        elements: (0..<shape.reduce(1, *)).map { _ in Float(generator.normal()) * 0.3 })
    }
    return try network(
      [
        Layer(
          firstLayer, Convolution(weights: weights([4, 3, 3, 3]), padding: .uniform(1)),
          inputs: ["data"]),
        Layer("relu1", Activation(.relu), inputs: [firstLayer]),
        Layer(
          "pool", Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
          inputs: ["relu1"]),
        Layer("left/conv", Convolution(weights: weights([3, 1, 1, 4])), inputs: ["pool"]),
        Layer(
          "right/conv", Convolution(weights: weights([2, 3, 3, 4]), padding: .uniform(1)),
          inputs: ["pool"]),
        Layer("join", Concatenation(axis: 1), inputs: ["left/conv", "right/conv"]),
        Layer("mean", GlobalPooling(.average), inputs: ["join"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
        Layer("fc", Dense(weights: weights([5, 5])), inputs: ["flat"]),
      ], output: "fc", labels: ["ant", "bee", "cow", "dog", "elk"])
  }

  /// A network of pictures of 12×12 in colours.
  static func network(
    _ layers: [Layer], output: String, labels: [String]? = nil
  ) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "data", shape: [nil, 3, side, side], channelAxis: 1,
          specification: try InputSpecification(mean: [0.5], standardDeviation: [0.25]))
      ],
      layers: layers, outputs: [output], labels: labels)
  }
}
