internal import ConvolutionalNetworks

/// The residual networks for CIFAR-10 (He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2) with
/// shortcuts of option A: every other position, and zeros for the new channels.
///
/// Names are those of https://github.com/akamaster/pytorch_resnet_cifar10.
struct CIFARResNet {
  /// The blocks of each of the three stages; the network has `6 · depth + 2` layers.
  let depth: Int

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 32)
    x = b.convolution("conv1", x, 16, kernel: 3, padding: 1, bias: false)
    x = b.relu("relu", b.batchNormalization("bn1", x))
    for stage in 0..<3 {
      for block in 0..<depth {
        let stride = stage > 0 && block == 0 ? 2 : 1
        let name = "layer\(stage + 1).\(block)"
        x = self.block(name, x, width: 16 << stage, stride: stride, &b)
      }
    }
    return b.linear("linear", b.globalAveragePool("avgpool", x), b.classCount)
  }

  private func block(
    _ name: String, _ x: Feature, width: Int, stride: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    var y = b.convolution(
      "\(name).conv1", x, width, kernel: 3, stride: stride, padding: 1, bias: false)
    y = b.relu("\(name).relu1", b.batchNormalization("\(name).bn1", y))
    y = b.convolution("\(name).conv2", y, width, kernel: 3, padding: 1, bias: false)
    y = b.batchNormalization("\(name).bn2", y)
    var shortcut = x
    if stride != 1 {
      let end = Int(Int32.max)
      shortcut = b.add(
        "\(name).shortcut.slice",
        Slice(
          starts: .constant([0, 0]), ends: .constant([end, end]), axes: .constant([2, 3]),
          steps: .constant([stride, stride])), x)
      shortcut = b.add(
        "\(name).shortcut",
        Pad(.constant(0), amounts: .constant([width / 4, width / 4]), axes: [1]), shortcut,
        channels: width)
    }
    return b.relu(name, b.addition("\(name).add", y, shortcut))
  }
}
