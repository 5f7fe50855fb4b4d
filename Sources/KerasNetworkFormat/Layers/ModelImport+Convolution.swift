internal import ConvolutionalNetworks

/// https://keras.io/api/layers/convolution_layers/ and the dense layers.
extension ModelImport {
  /// Adds a convolution or a dense layer; `false` for any other class.
  mutating func addConvolution(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let value = Formula(reads[0])
    let formula: Formula
    switch layer.className {
    case "Conv1D", "Conv2D", "Conv3D", "Convolution1D", "Convolution2D", "Convolution3D":
      formula = Formula(try convolution(layer, weights), value)
    case "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose":
      formula = Formula(try transposedConvolution(layer, weights), value)
    case "DepthwiseConv1D", "DepthwiseConv2D":
      formula = Formula(
        try depthwise(
          layer, weights, try weights.contains("depthwise_kernel") ? "depthwise_kernel" : "kernel",
          withBias: true), value)
    case "SeparableConv1D", "SeparableConv2D":
      let filters = try layer.count("filters")
      let convolution = try depthwise(layer, weights, "depthwise_kernel", withBias: false)
      let first = "\(name)/depthwise"
      try append(first, convolution, reading: [reads[0]])
      let axes = layer.spatialAxisCount
      let pointwise = try weights.tensor(
        "pointwise_kernel",
        Array(repeating: 1, count: axes) + [convolution.weights.shape[0], filters])
      formula = Formula(
        Convolution(
          weights: pointwise.transposed([axes + 1] + Array(0...axes)),
          bias: try weights.bias(layer.config, count: filters)), Formula(first))
    case "Dense":
      let units = try layer.count("units")
      formula = Formula(
        Dense(
          weights: try weights.transposedMatrix("kernel", [nil, units]),
          bias: try weights.bias(layer.config, count: units)), value)
    case "EinsumDense": formula = try einsumDense(layer, weights, reading: reads[0])
    default: return false
    }
    try append(formula, named: name, activatedBy: try layer.activation())
    return true
  }

  /// - Parameter filters: how many there are, unless the configuration tells it.
  func convolution(_ layer: LayerConfiguration, _ weights: LayerWeights, filters: Int? = nil)
    throws(KerasError.Problem) -> Convolution
  {
    let axes = layer.spatialAxisCount
    let ones = Array(repeating: 1, count: axes)
    let filters = if let filters { filters } else { try layer.count("filters") }
    let kernel = try layer.extents("kernel_size", axes: axes)
    let dilation = try layer.extents("dilation_rate", axes: axes, default: ones)
    return Convolution(
      weights: try weights.tensor("kernel", kernel + [nil, filters])
        .transposed([axes + 1] + Array(0...axes)),
      bias: try weights.bias(layer.config, count: filters),
      stride: try layer.extents("strides", axes: axes, default: ones), dilation: dilation,
      padding: try layer.padding(kernel: kernel, dilation: dilation),
      groups: try layer.count("groups", default: 1))
  }

  /// A group per input channel; its filters follow one another in the output, as Keras orders them.
  private func depthwise(
    _ layer: LayerConfiguration, _ weights: LayerWeights, _ parameter: String, withBias: Bool
  ) throws(KerasError.Problem) -> Convolution {
    let axes = layer.spatialAxisCount
    let ones = Array(repeating: 1, count: axes)
    let size = try layer.extents("kernel_size", axes: axes)
    let dilation = try layer.extents("dilation_rate", axes: axes, default: ones)
    let kernel = try weights.tensor(parameter, size + [nil, nil])
    let channels = kernel.shape[axes]
    let spread = channels * kernel.shape[axes + 1]
    guard spread > 0 else {
      throw .weightShape(parameter, expected: size + [nil, nil], actual: kernel.shape)
    }
    return Convolution(
      weights: kernel.transposed([axes, axes + 1] + Array(0..<axes))
        .reshaped(to: [spread] + size + [1]),
      bias: withBias ? try weights.bias(layer.config, count: spread) : nil,
      stride: try layer.extents("strides", axes: axes, default: ones), dilation: dilation,
      padding: try layer.padding(kernel: size, dilation: dilation), groups: channels)
  }
}

extension LayerConfiguration {
  /// The number of spatial axes that the class's name tells, as in `Conv2DTranspose`.
  var spatialAxisCount: Int {
    for axes in [1, 3] where className.contains("\(axes)D") { return axes }
    return 2
  }
}
