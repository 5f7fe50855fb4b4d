internal import ConvolutionalNetworks

/// The modules of torch.nn, with their weights' names and shapes: `[out, in / groups, kh, kw]` and `[out, in]`.
extension NetworkBuilder {
  mutating func convolution(
    _ name: String, _ input: Feature, _ outputs: Int, kernel: Int, stride: Int = 1,
    padding: Int = 0, groups: Int = 1, bias: Bool = true
  ) -> Feature {
    convolution(
      name, input, outputs, kernel: [kernel, kernel], stride: stride, padding: [padding, padding],
      groups: groups, bias: bias)
  }

  /// A convolution whose window may be oblong.
  mutating func convolution(
    _ name: String, _ input: Feature, _ outputs: Int, kernel: [Int], stride: Int = 1,
    padding: [Int], groups: Int = 1, bias: Bool = true
  ) -> Feature {
    let weights = weight(
      "\(name).weight", [outputs, input.channels / groups] + kernel, permutation: [0, 2, 3, 1])
    let operation = Convolution(
      weights: weights, bias: bias ? weight("\(name).bias", [outputs]) : nil,
      stride: [stride, stride], padding: .explicit(before: padding, after: padding), groups: groups)
    return add(name, operation, input, channels: outputs)
  }

  /// A square convolution without a bias, padded as TensorFlow's SAME.
  mutating func convolution(
    _ name: String, _ input: Feature, _ outputs: Int, kernel: Int, stride: Int, padding: Padding,
    groups: Int
  ) -> Feature {
    let weights = weight(
      "\(name).weight", [outputs, input.channels / groups, kernel, kernel],
      permutation: [0, 2, 3, 1])
    return add(
      name,
      Convolution(
        weights: weights, stride: [stride, stride], padding: padding, groups: groups), input,
      channels: outputs)
  }

  mutating func batchNormalization(_ name: String, _ input: Feature, epsilon: Float = 1e-5)
    -> Feature
  {
    let shape = [input.channels]
    let scale = weight("\(name).weight", shape)
    let shift = weight("\(name).bias", shape)
    return add(
      name,
      BatchNormalization(
        scale: scale, shift: shift, mean: weight("\(name).running_mean", shape),
        variance: weight("\(name).running_var", shape), epsilon: epsilon), input)
  }

  mutating func linear(_ name: String, _ input: Feature, _ outputs: Int) -> Feature {
    // The layer alone holds its weights, so that it may bring them into order without a copy.
    add(
      name,
      Dense(
        weights: weight("\(name).weight", [outputs, input.channels]),
        bias: weight("\(name).bias", [outputs])), input, channels: outputs)
  }

  mutating func activation(_ name: String, _ function: ActivationFunction, _ input: Feature)
    -> Feature
  {
    add(name, Activation(function), input)
  }

  mutating func relu(_ name: String, _ input: Feature) -> Feature {
    activation(name, .relu, input)
  }

  mutating func maxPool(
    _ name: String, _ input: Feature, kernel: Int, stride: Int, padding: Int = 0,
    ceilMode: Bool = false
  ) -> Feature {
    let window = SlidingWindow(
      kernel: [kernel, kernel], stride: [stride, stride], padding: .uniform(padding))
    return add(name, Pooling(.maximum, window: window, ceilMode: ceilMode), input)
  }

  mutating func averagePool(
    _ name: String, _ input: Feature, kernel: Int, stride: Int, padding: Int = 0
  ) -> Feature {
    let window = SlidingWindow(
      kernel: [kernel, kernel], stride: [stride, stride], padding: .uniform(padding))
    return add(name, Pooling(.average(countsPadding: true), window: window), input)
  }

  /// The mean over all positions, `[N, C]`.
  mutating func globalAveragePool(_ name: String, _ input: Feature) -> Feature {
    add(
      name, Reduction(.mean, axes: Array(layout.spatialAxes(rank: 4)), keepsAxes: false), input)
  }

  /// Joins all axes behind the first, of a map of `positions` positions.
  mutating func flatten(_ name: String, _ input: Feature, positions: Int) -> Feature {
    add(name, Flatten(), input, channels: input.channels * positions)
  }

  mutating func concatenate(_ name: String, _ inputs: [Feature]) -> Feature {
    add(
      name, Concatenation(axis: layout.channelAxis(rank: 4)), inputs,
      channels: inputs.reduce(0) { $0 + $1.channels })
  }

  mutating func addition(_ name: String, _ left: Feature, _ right: Feature) -> Feature {
    add(name, Arithmetic(.add), left, right)
  }
}
