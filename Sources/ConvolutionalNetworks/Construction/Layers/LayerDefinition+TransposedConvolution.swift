/// Transposed convolutions, which enlarge maps.
extension LayerDefinition {
  /// A transposed convolution with random weights; named `conv2d_transpose`, or `conv1d_transpose` over signals.
  ///
  /// - Parameters:
  ///   - filters: the channels of the result.
  ///   - kernel: the cells of a window, as `3` or `[3, 5]`.
  ///   - padding: the cells cut off the result; `.same` makes it `stride` times as large as the input.
  ///   - outputPadding: cells added after the end of the result.
  public static func transposedConvolution(
    _ filters: Int, kernel: some SpatialExtents, stride: some SpatialExtents = 1,
    padding: WindowPadding = .valid, outputPadding: some SpatialExtents = 0, bias: Bool = true,
    name: String? = nil
  ) -> LayerDefinition {
    let window = WindowDefinition(kernel, stride: stride, dilation: 1, padding: padding)
    let extra = outputPadding.spatialExtents
    return LayerDefinition(
      "TransposedConvolution", name, defaultName: "conv#d_transpose"
    ) { site throws(ShapeError) in
      let window = try window.window(at: site)
      let channels = try site.channels()
      try site.check(filters, "filters")
      // Each result is reached by as many windows as overlap there.
      let overlap = window.cellCount / window.stride.reduce(1) { $0 * Double($1) }
      let weights = try site.weights.weights(
        [channels] + window.kernel + [filters], fanIn: overlap * Double(channels),
        fanOut: window.cellCount * Double(filters))
      return TransposedConvolution(
        weights: weights, bias: bias ? Tensor(shape: [filters]) : nil, stride: window.stride,
        padding: window.padding,
        outputPadding: try extra.spread(over: window.kernel.count, "output padding"))
    }
  }

  /// A transposed convolution with given weights; named `conv2d_transpose`, or `conv1d_transpose` over signals.
  ///
  /// - Parameters:
  ///   - weights: `[channels, height, width, filters]`, over signals without the width. PyTorch's are
  ///     `weights.transposed([0, 2, 3, 1])`, Keras' `weights.transposed([3, 0, 1, 2])`.
  ///   - bias: a number for each filter.
  public static func transposedConvolution(
    weights: Tensor, bias: Tensor? = nil, stride: some SpatialExtents = 1,
    padding: WindowPadding = .valid, outputPadding: some SpatialExtents = 0, name: String? = nil
  ) -> LayerDefinition {
    let kernel = Array(weights.shape.dropFirst().dropLast())
    let window = WindowDefinition(kernel, stride: stride, dilation: 1, padding: padding)
    let extra = outputPadding.spatialExtents
    return LayerDefinition(
      "TransposedConvolution", name, defaultName: "conv#d_transpose"
    ) { site throws(ShapeError) in
      let window = try window.window(at: site, weights)
      return TransposedConvolution(
        weights: weights, bias: bias, stride: window.stride, padding: window.padding,
        outputPadding: try extra.spread(over: window.kernel.count, "output padding"))
    }
  }
}
