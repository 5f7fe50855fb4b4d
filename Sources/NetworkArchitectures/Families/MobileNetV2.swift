internal import ConvolutionalNetworks

/// MobileNetV2 (Sandler et al. 2018, https://arxiv.org/abs/1801.04381), as torchvision has it.
enum MobileNetV2 {
  private struct Stage {
    let expansion: Int
    let width: Int
    let depth: Int
    let stride: Int

    init(_ expansion: Int, _ width: Int, _ depth: Int, _ stride: Int) {
      self.expansion = expansion
      self.width = width
      self.depth = depth
      self.stride = stride
    }
  }

  private static let stages = [
    Stage(1, 16, 1, 1), Stage(6, 24, 2, 2), Stage(6, 32, 3, 2), Stage(6, 64, 4, 2),
    Stage(6, 96, 3, 1), Stage(6, 160, 3, 2), Stage(6, 320, 1, 1),
  ]

  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.mobileUnit("features.0", x, 32, kernel: 3, stride: 2, activation: .relu6)
    var index = 1
    for stage in stages {
      for block in 0..<stage.depth {
        x = self.block(
          "features.\(index)", x, expansion: stage.expansion, width: stage.width,
          stride: block == 0 ? stage.stride : 1, &b)
        index += 1
      }
    }
    x = b.mobileUnit("features.\(index)", x, 1280, kernel: 1, activation: .relu6)
    return b.linear("classifier.1", b.globalAveragePool("avgpool", x), b.classCount)
  }

  private static func block(
    _ name: String, _ x: Feature, expansion: Int, width: Int, stride: Int,
    _ b: inout NetworkBuilder
  ) -> Feature {
    var y = x
    var index = 0
    func next() -> String {
      defer { index += 1 }
      return "\(name).conv.\(index)"
    }
    let hidden = expansion * x.channels
    if expansion != 1 { y = b.mobileUnit(next(), y, hidden, kernel: 1, activation: .relu6) }
    y = b.mobileUnit(
      next(), y, hidden, kernel: 3, stride: stride, groups: hidden, activation: .relu6)
    y = b.convolution(next(), y, width, kernel: 1, bias: false)
    y = b.batchNormalization(next(), y)
    return stride == 1 && x.channels == width ? b.addition(name, x, y) : y
  }
}
