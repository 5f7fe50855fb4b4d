internal import ConvolutionalNetworks

/// EfficientNet-Lite (Google 2020,
/// https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite): EfficientNet without squeeze and
/// excitation, with ReLU6, in the names of PyTorch's port of EfficientNet
/// (https://github.com/lukemelas/EfficientNet-PyTorch).
struct EfficientNetLite {
  /// What the widths of B0 are multiplied by.
  let width: Double
  /// What the depths of B0 are multiplied by.
  let depth: Double
  /// The side of the pictures that it was trained on.
  let side: Int

  private static let epsilon: Float = 1e-3

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: side)
    x = unit("_conv_stem", "_bn0", x, 32, kernel: 3, stride: 2, activation: .relu6, &b)
    var index = 0
    let stages = EfficientNet.stages
    for (place, stage) in stages.enumerated() {
      // Stem, head and the blocks beside them are not scaled in depth.
      let isAtEnd = place == 0 || place == stages.count - 1
      let blocks = isAtEnd ? stage.depth : Int((Double(stage.depth) * depth).rounded(.up))
      for block in 0..<blocks {
        x = self.block("_blocks.\(index)", x, stage, stride: block == 0 ? stage.stride : 1, &b)
        index += 1
      }
    }
    x = unit("_conv_head", "_bn1", x, 1280, kernel: 1, activation: .relu6, &b)
    return b.linear("_fc", b.globalAveragePool("_avg_pooling", x), b.classCount)
  }

  private func block(
    _ name: String, _ x: Feature, _ stage: EfficientNet.Stage, stride: Int,
    _ b: inout NetworkBuilder
  ) -> Feature {
    var y = x
    let hidden = stage.expansion * x.channels
    if stage.expansion != 1 {
      y = unit(
        "\(name)._expand_conv", "\(name)._bn0", y, hidden, kernel: 1, activation: .relu6, &b)
    }
    y = unit(
      "\(name)._depthwise_conv", "\(name)._bn1", y, hidden, kernel: stage.kernel, stride: stride,
      groups: hidden, activation: .relu6, &b)
    let outputs = ChannelRounding.multipleOf8(near: Double(stage.width) * width)
    y = unit(
      "\(name)._project_conv", "\(name)._bn2", y, outputs, kernel: 1, activation: nil, &b)
    return stride == 1 && x.channels == outputs ? b.addition(name, x, y) : y
  }

  /// Convolution, batch normalization, activation.
  private func unit(
    _ name: String, _ normalization: String, _ x: Feature, _ outputs: Int, kernel: Int,
    stride: Int = 1, groups: Int = 1, activation function: ActivationFunction?,
    _ b: inout NetworkBuilder
  ) -> Feature {
    let y = b.batchNormalization(
      normalization,
      b.convolution(
        name, x, outputs, kernel: kernel, stride: stride, padding: .sameUpper, groups: groups),
      epsilon: Self.epsilon)
    return function.map { b.activation("\(normalization).relu6", $0, y) } ?? y
  }
}
