internal import ConvolutionalNetworks

/// EfficientNet-B0 (Tan and Le 2019, https://arxiv.org/abs/1905.11946), as torchvision has it.
enum EfficientNet {
  struct Stage {
    let expansion: Int
    let kernel: Int
    let stride: Int
    let width: Int
    let depth: Int

    init(_ expansion: Int, _ kernel: Int, _ stride: Int, _ width: Int, _ depth: Int) {
      self.expansion = expansion
      self.kernel = kernel
      self.stride = stride
      self.width = width
      self.depth = depth
    }
  }

  static let stages = [
    Stage(1, 3, 1, 16, 1), Stage(6, 3, 2, 24, 2), Stage(6, 5, 2, 40, 2), Stage(6, 3, 2, 80, 3),
    Stage(6, 5, 1, 112, 3), Stage(6, 5, 2, 192, 4), Stage(6, 3, 1, 320, 1),
  ]

  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.mobileUnit("features.0", x, 32, kernel: 3, stride: 2, activation: .silu)
    for (index, stage) in stages.enumerated() {
      for block in 0..<stage.depth {
        x = self.block(
          "features.\(index + 1).\(block)", x, stage, stride: block == 0 ? stage.stride : 1, &b)
      }
    }
    x = b.mobileUnit("features.\(stages.count + 1)", x, 1280, kernel: 1, activation: .silu)
    return b.linear("classifier.1", b.globalAveragePool("avgpool", x), b.classCount)
  }

  private static func block(
    _ name: String, _ x: Feature, _ stage: Stage, stride: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    var y = x
    var index = 0
    func next() -> String {
      defer { index += 1 }
      return "\(name).block.\(index)"
    }
    let hidden = stage.expansion * x.channels
    if stage.expansion != 1 { y = b.mobileUnit(next(), y, hidden, kernel: 1, activation: .silu) }
    y = b.mobileUnit(
      next(), y, hidden, kernel: stage.kernel, stride: stride, groups: hidden, activation: .silu)
    y = b.squeezeExcitation(
      next(), y, squeezed: max(1, x.channels / 4), activation: .silu, scale: .sigmoid)
    y = b.mobileUnit(next(), y, stage.width, kernel: 1, activation: nil)
    return stride == 1 && x.channels == stage.width ? b.addition(name, x, y) : y
  }
}
