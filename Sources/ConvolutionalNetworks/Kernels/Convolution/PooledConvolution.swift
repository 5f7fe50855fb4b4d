/// A convolution and 2×2 max pooling of its result in steps of 2, as one operation: what is not the largest of its
/// window is never written. Programs put it together where Winograd's algorithm serves both ways.
struct PooledConvolution: LayerOperation {
  let convolution: Convolution
  /// The shapes of the convolution by itself.
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
      })
    else { return nil }
    geometry = ConvolutionGeometry(
      input: input, outputChannels: convolution.weights.shape[0], groups: 1)
    guard geometry.suitsPooling else { return nil }
    self.convolution = convolution
  }

  /// The positions of one image that are left; what an odd axis has over is in no window.
  var pooledPositions: Int {
    (geometry.input.vertical.output / 2) * (geometry.input.horizontal.output / 2)
  }

  var kind: String { convolution.kind }
  var parameters: [LayerParameter] { convolution.parameters }

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
