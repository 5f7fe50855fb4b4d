import PictureJudging

/// A network that says which colour a picture has most of: the mean of each channel, times ten, is a logit.
enum ColorNetwork {
  static let labels = ["red, crimson", "green", "blue, azure"]

  static func make(
    labels: [String]? = labels, order: InputSpecification.ChannelOrder = .rgb,
    ending function: ActivationFunction? = .softmax, side: Int? = 16
  ) throws -> NeuralNetwork {
    let channels = order.channelCount
    var weights = Tensor(shape: [3, channels])
    for unit in 0..<3 {
      // Channels of BGR come the other way round.
      let channel = order == .bgr ? 2 - unit : min(unit, channels - 1)
      weights[unit, channel] = 10
    }
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "picture", shape: [nil, channels, side, side], channelAxis: 1,
          specification: try InputSpecification(channelOrder: order))
      ],
      layers: [
        Layer("mean", GlobalPooling(.average), inputs: ["picture"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
        Layer("logits", Dense(weights: weights), inputs: ["flat"]),
      ] + (function.map { [Layer("end", Activation($0), inputs: ["logits"])] } ?? []),
      outputs: [function == nil ? "logits" : "end"], labels: labels)
  }

  /// A picture of one colour.
  static func picture(_ color: [Float], height: Int = 16, width: Int = 16) -> Tensor {
    Tensor(
      shape: [1, height, width, color.count],
      elements: (0..<height * width).flatMap { _ in color })
  }

  /// Noise, the same for a seed.
  static func noise(_ shape: [Int], seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(
      shape: shape,
      elements: (0..<shape.reduce(1, *)).map { _ in Float(generator.uniform()) })
  }
}
