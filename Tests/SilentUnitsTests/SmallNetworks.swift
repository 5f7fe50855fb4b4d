import FeatureVisualization

/// Networks for 12×12 pictures whose units are silent for the grey that recipes start from.
enum SmallNetworks {
  static func input() throws -> NetworkInput {
    try NetworkInput(
      "picture", shape: [nil, 12, 12, 3], channelAxis: 3, specification: InputSpecification())
  }

  /// "unit": the sum of the colours of a pixel less each bias, rectified; grey is 1.5, and white 3.
  static func biased(_ biases: [Float], fused: Bool = true) throws -> NeuralNetwork {
    func convolution(_ activation: ActivationFunction) -> Convolution {
      Convolution(
        weights: Tensor(shape: [biases.count, 1, 1, 3], repeating: 1),
        bias: Tensor(shape: [biases.count], elements: biases.map { -$0 }), activation: activation)
    }
    return try NeuralNetwork(
      layout: .channelsLast, inputs: [try input()],
      layers: fused
        ? [Layer("unit", convolution(.relu), inputs: ["picture"])]
        : [
          Layer("sum", convolution(.linear), inputs: ["picture"]),
          Layer("unit", Activation(.relu), inputs: ["sum"]),
        ], outputs: ["unit"])
  }

  /// "out": the mean over positions of "first", the rectified sum less 2, beside "second", which reads "first" less 1.5 twice.
  static func joined() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [try input()],
      layers: [
        Layer(
          "first",
          Convolution(
            weights: Tensor(shape: [1, 1, 1, 3], repeating: 1),
            bias: Tensor(shape: [1], elements: [-2]), activation: .relu), inputs: ["picture"]),
        Layer(
          "sum",
          Convolution(
            weights: Tensor(shape: [1, 1, 1, 1], repeating: 2),
            bias: Tensor(shape: [1], elements: [-1.5])), inputs: ["first"]),
        Layer("second", Activation(.relu), inputs: ["sum"]),
        Layer("both", Concatenation(axis: 3), inputs: ["first", "second"]),
        Layer("out", GlobalPooling(.average), inputs: ["both"]),
      ], outputs: ["out"])
  }

  /// Few steps, which leave silent what is silent.
  static func recipe(steps: Int = 12) -> Preset {
    var recipe = Preset(
      name: "small", parameterization: Fourier(), optimizer: Adam(learningRate: 0.05),
      iterations: steps)
    recipe.inputModifiers = [.jitter(1)]
    return recipe
  }
}
