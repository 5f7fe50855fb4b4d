internal import ConvolutionalNetworks

extension ModelImport {
  /// The transposed convolution of a layer, which makes its input as much larger as its stride says.
  ///
  /// https://keras.io/api/layers/convolution_layers/convolution2d_transpose/
  func transposedConvolution(_ layer: LayerConfiguration, _ weights: LayerWeights)
    throws(KerasError.Problem) -> TransposedConvolution
  {
    let axes = layer.spatialAxisCount
    let ones = Array(repeating: 1, count: axes)
    let filters = try layer.count("filters")
    let kernel = try layer.extents("kernel_size", axes: axes)
    let stride = try layer.extents("strides", axes: axes, default: ones)
    let dilation = try layer.extents("dilation_rate", axes: axes, default: ones)
    let isSame = try layer.padding(kernel: kernel, dilation: dilation) == .sameUpper
    var (before, after, added) = ([Int](), [Int](), [Int]())
    for axis in 0..<axes {
      let reach = dilation[axis] * (kernel[axis] - 1) + 1
      let cut: Int
      if let extra = try outputPadding(layer, axes: axes)?[axis] {
        // The length is (n − 1) · stride + reach − 2 · ⌊reach / 2⌋ + extra, or without the cut where nothing is padded.
        cut = (isSame ? 2 * (reach / 2) : 0) - extra
      } else {
        // n · stride, but at least as far as windows reach where nothing is padded.
        cut = isSame ? reach - stride[axis] : min(reach - stride[axis], 0)
      }
      before.append(max(cut, 0) / 2)
      after.append(max(cut, 0) - max(cut, 0) / 2)
      added.append(max(-cut, 0))
    }
    return TransposedConvolution(
      weights: try weights.tensor("kernel", kernel + [filters, nil])
        .transposed([axes + 1] + Array(0...axes)),
      bias: try weights.bias(layer.config, count: filters), stride: stride, dilation: dilation,
      padding: .explicit(before: before, after: after), outputPadding: added)
  }

  private func outputPadding(_ layer: LayerConfiguration, axes: Int) throws(KerasError.Problem)
    -> [Int]?
  {
    guard let value = layer.config["output_padding"] else { return nil }
    let numbers =
      value.int.map { Array(repeating: $0, count: axes) } ?? value.array?.compactMap(\.int) ?? []
    guard numbers.count == axes, numbers.allSatisfy({ (0...1 << 24).contains($0) }) else {
      throw .configuration(key: "output_padding", reason: "takes \(axes) numbers of cells")
    }
    return numbers
  }
}
