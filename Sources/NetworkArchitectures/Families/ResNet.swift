internal import ConvolutionalNetworks

/// Residual networks (He et al. 2015, https://arxiv.org/abs/1512.03385), as torchvision has them: the stride of a
/// bottleneck lies in its 3×3 convolution.
struct ResNet {
  /// The blocks of each of the four stages.
  let depths: [Int]
  /// Whether a block has three convolutions, the last four times as wide, instead of two.
  let hasBottlenecks: Bool

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.convolution("conv1", x, 64, kernel: 7, stride: 2, padding: 3, bias: false)
    x = b.relu("relu", b.batchNormalization("bn1", x))
    x = b.maxPool("maxpool", x, kernel: 3, stride: 2, padding: 1)
    for (stage, depth) in depths.enumerated() {
      for block in 0..<depth {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let name = "layer\(stage + 1).\(block)"
        x = self.block(name, x, width: 64 << stage, stride: stride, &b)
      }
    }
    return b.linear("fc", b.globalAveragePool("avgpool", x), b.classCount)
  }

  /// The block's value has the block's name.
  private func block(
    _ name: String, _ x: Feature, width: Int, stride: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    func unit(
      _ number: Int, _ x: Feature, _ outputs: Int, kernel: Int, stride: Int = 1
    ) -> Feature {
      b.batchNormalization(
        "\(name).bn\(number)",
        b.convolution(
          "\(name).conv\(number)", x, outputs, kernel: kernel, stride: stride, padding: kernel / 2,
          bias: false))
    }
    var y: Feature
    let outputs: Int
    if hasBottlenecks {
      outputs = 4 * width
      y = b.relu("\(name).relu1", unit(1, x, width, kernel: 1))
      y = b.relu("\(name).relu2", unit(2, y, width, kernel: 3, stride: stride))
      y = unit(3, y, outputs, kernel: 1)
    } else {
      outputs = width
      y = b.relu("\(name).relu1", unit(1, x, width, kernel: 3, stride: stride))
      y = unit(2, y, width, kernel: 3)
    }
    var shortcut = x
    if stride != 1 || x.channels != outputs {
      shortcut = b.batchNormalization(
        "\(name).downsample.1",
        b.convolution(
          "\(name).downsample.0", x, outputs, kernel: 1, stride: stride, bias: false))
    }
    return b.relu(name, b.addition("\(name).add", y, shortcut))
  }
}
