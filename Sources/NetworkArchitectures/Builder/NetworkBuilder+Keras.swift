internal import ConvolutionalNetworks

/// The layers of Keras, with their weights' names and shapes: `[kh, kw, in, out]` and `[in, out]`.
extension NetworkBuilder {
  mutating func kerasConvolution(
    _ name: String, _ input: Feature, _ filters: Int, kernel: Int, stride: Int = 1,
    padding: Padding = .none(), bias: Bool = true, activation: ActivationFunction = .linear
  ) -> Feature {
    let weights = weight(
      "\(name)/kernel", [kernel, kernel, input.channels, filters], permutation: [3, 0, 1, 2])
    return add(
      name,
      Convolution(
        weights: weights, bias: bias ? weight("\(name)/bias", [filters]) : nil,
        stride: [stride, stride], padding: padding, activation: activation), input,
      channels: filters)
  }

  mutating func kerasDepthwiseConvolution(
    _ name: String, _ input: Feature, kernel: Int, stride: Int, padding: Padding
  ) -> Feature {
    let channels = input.channels
    let weights = weight(
      "\(name)/depthwise_kernel", [kernel, kernel, channels, 1], permutation: [2, 0, 1, 3])
    return add(
      name,
      Convolution(weights: weights, stride: [stride, stride], padding: padding, groups: channels),
      input)
  }

  mutating func kerasBatchNormalization(_ name: String, _ input: Feature, epsilon: Float = 1e-3)
    -> Feature
  {
    let shape = [input.channels]
    let scale = weight("\(name)/gamma", shape)
    let shift = weight("\(name)/beta", shape)
    return add(
      name,
      BatchNormalization(
        scale: scale, shift: shift, mean: weight("\(name)/moving_mean", shape),
        variance: weight("\(name)/moving_variance", shape), epsilon: epsilon), input)
  }

  mutating func kerasDense(
    _ name: String, _ input: Feature, _ units: Int, activation: ActivationFunction
  ) -> Feature {
    // The layer alone holds its weights, so that it may bring them into order without a copy.
    add(
      name,
      Dense(
        weights: weight("\(name)/kernel", [input.channels, units], permutation: [1, 0]),
        bias: weight("\(name)/bias", [units]), activation: activation), input, channels: units)
  }

  /// Zeros around a map: before and after along both axes.
  mutating func zeroPadding(_ name: String, _ input: Feature, before: Int, after: Int) -> Feature {
    let amounts = [before, before, after, after]
    return add(
      name,
      Pad(
        .constant(0), amounts: .constant(amounts), axes: Array(layout.spatialAxes(rank: 4))), input)
  }
}
