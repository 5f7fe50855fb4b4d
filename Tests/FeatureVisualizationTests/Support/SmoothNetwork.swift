import FeatureVisualization
import FeatureVisualizationTestSupport

/// A small network without a kink, so that a small enough step downhill always makes a loss smaller:
/// "conv1" 3×3 softplus, "conv2" 3×3 stride 2 tanh, "flat", "dense", "softmax".
enum SmoothNetwork: CaseIterable {
  /// RGB, 0…1.
  case unit
  /// RGB, −1…1.
  case symmetric
  /// BGR, 0…255 less a mean.
  case byte
  /// Grey, 0…1, with mean and deviation.
  case gray

  static let side = 14
  static let classes = 5

  var specification: InputSpecification {
    get throws {
      switch self {
      case .unit: try InputSpecification()
      case .symmetric: try InputSpecification(valueRange: -1...1)
      case .byte:
        try InputSpecification(channelOrder: .bgr, valueRange: 0...255, mean: [104, 117, 123])
      case .gray:
        try InputSpecification(channelOrder: .gray, mean: [0.4], standardDeviation: [0.25])
      }
    }
  }

  /// The network; the first weights are scaled to the input's range, so that all respond alike.
  func make() throws -> NeuralNetwork {
    let specification = try specification
    let channels = specification.channelOrder.channelCount
    let range = specification.valueRange
    let extent = (range.upperBound - range.lowerBound) / specification.standardDeviation[0]
    var random = SeededTensors(seed: 7)
    func weights(_ shape: [Int], scale: Double) -> Tensor {
      Tensor(random.uniform(shape, in: -scale...scale))
    }
    let map = (Self.side + 1) / 2
    let layers = [
      Layer(
        "conv1",
        Convolution(
          weights: weights([6, 3, 3, channels], scale: 1.5 / Double(extent)),
          bias: weights([6], scale: 0.1), padding: .uniform(1), activation: .softplus),
        inputs: ["input"]),
      Layer(
        "conv2",
        Convolution(
          weights: weights([4, 3, 3, 6], scale: 0.25), bias: weights([4], scale: 0.1),
          stride: [2, 2], padding: .uniform(1), activation: .tanh),
        inputs: ["conv1"]),
      Layer("flat", Flatten(), inputs: ["conv2"]),
      Layer(
        "dense",
        Dense(
          weights: weights([Self.classes, map * map * 4], scale: 0.3),
          bias: weights([Self.classes], scale: 0.1)),
        inputs: ["flat"]),
      Layer("softmax", Activation(.softmax(axis: -1)), inputs: ["dense"]),
    ]
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "input", shape: [1, Self.side, Self.side, channels], channelAxis: 3,
          specification: specification)
      ], layers: layers, outputs: ["softmax"])
  }
}
