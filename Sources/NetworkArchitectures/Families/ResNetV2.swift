internal import ConvolutionalNetworks

/// Residual networks with activation before convolution (He et al. 2016, https://arxiv.org/abs/1603.05027), as
/// keras.applications has them.
struct ResNetV2 {
  /// The blocks of each of the four stages.
  let depths: [Int]

  private static let epsilon: Float = 1.001e-5

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input("input_1", side: 224)
    x = b.zeroPadding("conv1_pad", x, before: 3, after: 3)
    x = b.kerasConvolution("conv1_conv", x, 64, kernel: 7, stride: 2)
    x = b.zeroPadding("pool1_pad", x, before: 1, after: 1)
    x = b.maxPool("pool1_pool", x, kernel: 3, stride: 2)
    for (stage, depth) in depths.enumerated() {
      for block in 1...depth {
        // The stride lies in a stage's last block, but for the last stage.
        let stride = block == depth && stage < depths.count - 1 ? 2 : 1
        x = self.block(
          "conv\(stage + 2)_block\(block)", x, width: 64 << stage, stride: stride,
          isFirst: block == 1, &b)
      }
    }
    x = b.kerasBatchNormalization("post_bn", x, epsilon: Self.epsilon)
    x = b.globalAveragePool("avg_pool", b.relu("post_relu", x))
    return b.kerasDense("predictions", x, b.classCount, activation: .softmax(axis: -1))
  }

  private func block(
    _ name: String, _ x: Feature, width: Int, stride: Int, isFirst: Bool,
    _ b: inout NetworkBuilder
  ) -> Feature {
    let active = b.relu(
      "\(name)_preact_relu",
      b.kerasBatchNormalization("\(name)_preact_bn", x, epsilon: Self.epsilon))
    var shortcut = x
    if isFirst {
      shortcut = b.kerasConvolution(
        "\(name)_0_conv", active, 4 * width, kernel: 1, stride: stride)
    } else if stride > 1 {
      shortcut = b.maxPool("\(name)_0_pool", x, kernel: 1, stride: stride)
    }
    var y = b.kerasConvolution("\(name)_1_conv", active, width, kernel: 1, bias: false)
    y = b.kerasBatchNormalization("\(name)_1_bn", y, epsilon: Self.epsilon)
    y = b.zeroPadding("\(name)_2_pad", b.relu("\(name)_1_relu", y), before: 1, after: 1)
    y = b.kerasConvolution("\(name)_2_conv", y, width, kernel: 3, stride: stride, bias: false)
    y = b.kerasBatchNormalization("\(name)_2_bn", y, epsilon: Self.epsilon)
    y = b.kerasConvolution("\(name)_3_conv", b.relu("\(name)_2_relu", y), 4 * width, kernel: 1)
    return b.addition("\(name)_out", shortcut, y)
  }
}
