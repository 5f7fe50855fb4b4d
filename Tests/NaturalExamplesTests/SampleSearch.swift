import FeatureVisualization
import NaturalExamples

/// A small network and a stream of pictures that a test can afford thousands of.
enum SampleSearch {
  static let side = 12

  /// Convolution, ReLU, pooling, convolution, mean, dense: five classes.
  static func network(seed: UInt64 = 1) throws -> NeuralNetwork {
    var generator = SeededGenerator(seed: seed)
    func weights(_ shape: [Int]) -> Tensor {
      Tensor(
        shape: shape,
        elements: (0..<shape.reduce(1, *)).map { _ in Float(generator.normal()) * 0.3 })
    }
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "data", shape: [nil, 3, side, side], channelAxis: 1,
          specification: try InputSpecification(mean: [0.5], standardDeviation: [0.25]))
      ],
      layers: [
        Layer(
          "conv1", Convolution(weights: weights([4, 3, 3, 3]), padding: .uniform(1)),
          inputs: ["data"]),
        Layer("relu1", Activation(.relu), inputs: ["conv1"]),
        Layer(
          "pool", Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], stride: [2, 2])),
          inputs: ["relu1"]),
        Layer("conv2", Convolution(weights: weights([6, 3, 3, 4])), inputs: ["pool"]),
        Layer("mean", GlobalPooling(.average), inputs: ["conv2"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
        Layer("fc", Dense(weights: weights([5, 6])), inputs: ["flat"]),
      ], outputs: ["fc"], labels: ["ant", "bee", "cow", "dog", "elk"])
  }

  /// The picture at a place of the stream: noise, the same each time.
  static func picture(_ index: Int) -> Tensor {
    var generator = SeededGenerator(seed: UInt64(index))
    return Tensor(
      shape: [1, side, side, 3],
      elements: (0..<side * side * 3).map { _ in Float(generator.uniform()) })
  }

  static func name(_ index: Int) -> String { "folder/\(index).png" }

  static func feed(_ search: NaturalExampleSearch, _ indices: some Sequence<Int>) throws {
    for index in indices { try search.add(picture(index), named: name(index)) }
  }
}
