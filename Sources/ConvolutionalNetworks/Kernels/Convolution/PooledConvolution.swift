/// A convolution and 2×2 max pooling of its result in steps of 2, as one operation: what is not the largest of its
/// window is never written. Programs put it together where Winograd's algorithm serves both ways.
struct PooledConvolution: LayerOperation {
  let convolution: Convolution
  /// The windows of the convolution, without the last ones of odd axes, which no window of the pooling holds.
  let geometry: ConvolutionGeometry

  /// - Parameter shape: the input's, as it lies in memory.
  /// - Returns: `nil` where the two have to run one after the other.
  init?(_ convolution: Convolution, _ pooling: Pooling, input shape: [Int]) {
    guard convolution.groups == 1, pooling.reduction == .maximum,
      let input = try? WindowGeometry(input: shape, window: convolution.window),
      let placements = try? pooling.window.placements(
        for: [input.vertical.output, input.horizontal.output], ceilMode: pooling.ceilMode),
      placements.allSatisfy({
        $0.kernel == 2 && $0.stride == 2 && $0.dilation == 1 && $0.paddingBefore == 0
          && $0.output == $0.input / 2
      }), let paired = input.paired
    else { return nil }
    geometry = ConvolutionGeometry(
      input: paired, outputChannels: convolution.weights.shape[0], groups: 1)
    guard geometry.suitsPooling else { return nil }
    self.convolution = convolution
  }

  var kind: String { convolution.kind }
  var parameterCount: Int { convolution.parameterCount }

  func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]] {
    [
      layout.shape(
        batch: geometry.input.batch,
        spatial: [geometry.input.vertical.output / 2, geometry.input.horizontal.output / 2],
        channels: geometry.outputChannels)
    ]
  }

  func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int {
    geometry.rows * geometry.outputChannels * geometry.weightsPerOutput
  }
}

extension WindowGeometry {
  /// As many windows along each axis as there are whole pairs of.
  fileprivate var paired: WindowGeometry? {
    try? WindowGeometry(
      batch: batch, channels: channels,
      placements: [vertical, horizontal].map { axis in
        let rest = axis.output % 2
        return SlidingWindow.Placement(
          input: axis.input, output: axis.output - rest, kernel: axis.kernel, stride: axis.stride,
          dilation: axis.dilation, paddingBefore: axis.paddingBefore,
          paddingAfter: axis.paddingAfter - rest)
      })
  }
}
