internal import ConvolutionalNetworks

/// https://keras.io/api/layers/convolution_layers/ and the Dense layer.
extension ModelImport {
  /// Adds a convolution or a dense layer; `false` for any other class.
  mutating func addConvolution(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    switch layer.className {
    case "Conv2D":
      let filters = try layer.count("filters")
      let kernel = try layer.pair("kernel_size")
      let groups = try layer.count("groups", default: 1)
      append(
        name,
        Convolution(
          weights: try weights.tensor("kernel", [kernel[0], kernel[1], nil, filters])
            .transposed([3, 0, 1, 2]),
          bias: try weights.bias(layer.config, count: filters),
          stride: try layer.pair("strides", default: [1, 1]),
          dilation: try layer.pair("dilation_rate", default: [1, 1]), padding: try layer.padding(),
          groups: groups, activation: try layer.activation()), reading: reads)
    case "DepthwiseConv2D":
      append(
        name,
        try depthwise(
          layer, weights, try weights.contains("depthwise_kernel") ? "depthwise_kernel" : "kernel",
          withBias: true, activation: try layer.activation()), reading: reads)
    case "SeparableConv2D":
      let filters = try layer.count("filters")
      let first = "\(name)/depthwise"
      let convolution = try depthwise(
        layer, weights, "depthwise_kernel", withBias: false, activation: .linear)
      append(first, convolution, reading: reads)
      append(
        name,
        Convolution(
          weights: try weights.tensor(
            "pointwise_kernel", [1, 1, convolution.weights.shape[0], filters]
          ).transposed([3, 0, 1, 2]),
          bias: try weights.bias(layer.config, count: filters),
          activation: try layer.activation()), reading: [first])
    case "Dense":
      let units = try layer.count("units")
      append(
        name,
        Dense(
          weights: try weights.transposedMatrix("kernel", [nil, units]),
          bias: try weights.bias(layer.config, count: units), activation: try layer.activation()),
        reading: reads)
    default: return false
    }
    return true
  }

  /// A group per input channel; its filters follow one another in the output, as Keras orders them.
  private func depthwise(
    _ layer: LayerConfiguration, _ weights: LayerWeights, _ parameter: String, withBias: Bool,
    activation: ActivationFunction
  ) throws(KerasError.Problem) -> Convolution {
    let size = try layer.pair("kernel_size")
    let kernel = try weights.tensor(parameter, [size[0], size[1], nil, nil])
    let channels = kernel.shape[2]
    let spread = channels * kernel.shape[3]
    guard spread > 0 else {
      throw .weightShape(
        parameter, expected: [size[0], size[1], nil, nil], actual: kernel.shape)
    }
    return Convolution(
      weights: kernel.transposed([2, 3, 0, 1]).reshaped(to: [spread, size[0], size[1], 1]),
      bias: withBias ? try weights.bias(layer.config, count: spread) : nil,
      stride: try layer.pair("strides", default: [1, 1]),
      dilation: try layer.pair("dilation_rate", default: [1, 1]), padding: try layer.padding(),
      groups: channels, activation: activation)
  }
}
