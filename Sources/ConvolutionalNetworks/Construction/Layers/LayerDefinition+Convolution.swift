/// Convolutions. Windows move over one axis of signals, over two of pictures.
extension LayerDefinition {
  /// A convolution with random weights; named `conv2d`, or `conv1d` over signals.
  ///
  /// - Parameters:
  ///   - filters: the channels of the result.
  ///   - kernel: the cells of a window, as `3` or `[3, 5]`.
  ///   - groups: how many groups of channels there are that do not mix.
  public static func convolution(
    _ filters: Int, kernel: some SpatialExtents, stride: some SpatialExtents = 1,
    dilation: some SpatialExtents = 1, padding: WindowPadding = .valid, groups: Int = 1,
    bias: Bool = true, activation: ActivationFunction = .linear, name: String? = nil
  ) -> LayerDefinition {
    let window = WindowDefinition(kernel, stride: stride, dilation: dilation, padding: padding)
    return LayerDefinition("Convolution", name, defaultName: "conv#d") {
      site throws(ShapeError) in
      try site.randomConvolution(window, filters, groups: groups, bias, activation)
    }
  }

  /// A convolution with given weights; named `conv2d`, or `conv1d` over signals.
  ///
  /// - Parameters:
  ///   - weights: `[filters, height, width, channels / groups]`, over signals without the width. PyTorch's are
  ///     `weights.transposed([0, 2, 3, 1])`, Keras' `weights.transposed([3, 0, 1, 2])`.
  ///   - bias: a number for each filter.
  public static func convolution(
    weights: Tensor, bias: Tensor? = nil, stride: some SpatialExtents = 1,
    dilation: some SpatialExtents = 1, padding: WindowPadding = .valid, groups: Int = 1,
    activation: ActivationFunction = .linear, name: String? = nil
  ) -> LayerDefinition {
    let kernel = Array(weights.shape.dropFirst().dropLast())
    let window = WindowDefinition(kernel, stride: stride, dilation: dilation, padding: padding)
    return LayerDefinition("Convolution", name, defaultName: "conv#d") {
      site throws(ShapeError) in
      let window = try window.window(at: site, weights)
      return Convolution(
        weights: weights, bias: bias, stride: window.stride, dilation: window.dilation,
        padding: window.padding, groups: groups, activation: activation)
    }
  }

  /// A convolution of each channel by itself with random weights; named `depthwise_conv2d`.
  ///
  /// - Parameter multiplier: the filters of each channel.
  public static func depthwiseConvolution(
    kernel: some SpatialExtents, multiplier: Int = 1, stride: some SpatialExtents = 1,
    dilation: some SpatialExtents = 1, padding: WindowPadding = .valid, bias: Bool = true,
    activation: ActivationFunction = .linear, name: String? = nil
  ) -> LayerDefinition {
    let window = WindowDefinition(kernel, stride: stride, dilation: dilation, padding: padding)
    return LayerDefinition("Convolution", name, defaultName: "depthwise_conv#d") {
      site throws(ShapeError) in
      let channels = try site.channels()
      try site.check(multiplier, "filters for each channel")
      return try site.randomConvolution(
        window, channels.multipliedClamped(by: multiplier), groups: channels, bias, activation)
    }
  }
}

extension LayerSite {
  fileprivate mutating func randomConvolution(
    _ definition: WindowDefinition, _ filters: Int, groups: Int, _ hasBias: Bool,
    _ activation: ActivationFunction
  ) throws(ShapeError) -> Convolution {
    let window = try definition.window(at: self)
    let channels = try channels()
    try check(filters, "filters")
    guard groups > 0, channels % groups == 0, filters % groups == 0 else {
      throw ShapeError("\(channels) channels and \(filters) filters in \(groups) groups")
    }
    let share = window.cellCount / Double(groups)
    let weights = try weights.weights(
      [filters] + window.kernel + [channels / groups], fanIn: share * Double(channels),
      fanOut: share * Double(filters))
    return Convolution(
      weights: weights, bias: hasBias ? Tensor(shape: [filters]) : nil, stride: window.stride,
      dilation: window.dilation, padding: window.padding, groups: groups, activation: activation)
  }
}
