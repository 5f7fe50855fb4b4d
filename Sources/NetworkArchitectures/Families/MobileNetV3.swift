internal import ConvolutionalNetworks

/// MobileNetV3 (Howard et al. 2019, https://arxiv.org/abs/1905.02244), as torchvision has it.
struct MobileNetV3 {
  struct Block {
    let kernel: Int
    let expanded: Int
    let outputs: Int
    let isExcited: Bool
    let isHard: Bool
    let stride: Int

    init(
      _ kernel: Int, _ expanded: Int, _ outputs: Int, excited isExcited: Bool = false,
      hard isHard: Bool = false, _ stride: Int
    ) {
      self.kernel = kernel
      self.expanded = expanded
      self.outputs = outputs
      self.isExcited = isExcited
      self.isHard = isHard
      self.stride = stride
    }
  }

  let blocks: [Block]
  /// The units of the classifier's first layer.
  let width: Int

  static let large = MobileNetV3(
    blocks: [
      Block(3, 16, 16, 1), Block(3, 64, 24, 2), Block(3, 72, 24, 1),
      Block(5, 72, 40, excited: true, 2), Block(5, 120, 40, excited: true, 1),
      Block(5, 120, 40, excited: true, 1), Block(3, 240, 80, hard: true, 2),
      Block(3, 200, 80, hard: true, 1), Block(3, 184, 80, hard: true, 1),
      Block(3, 184, 80, hard: true, 1), Block(3, 480, 112, excited: true, hard: true, 1),
      Block(3, 672, 112, excited: true, hard: true, 1),
      Block(5, 672, 160, excited: true, hard: true, 2),
      Block(5, 960, 160, excited: true, hard: true, 1),
      Block(5, 960, 160, excited: true, hard: true, 1),
    ], width: 1280)

  static let small = MobileNetV3(
    blocks: [
      Block(3, 16, 16, excited: true, 2), Block(3, 72, 24, 2), Block(3, 88, 24, 1),
      Block(5, 96, 40, excited: true, hard: true, 2),
      Block(5, 240, 40, excited: true, hard: true, 1),
      Block(5, 240, 40, excited: true, hard: true, 1),
      Block(5, 120, 48, excited: true, hard: true, 1),
      Block(5, 144, 48, excited: true, hard: true, 1),
      Block(5, 288, 96, excited: true, hard: true, 2),
      Block(5, 576, 96, excited: true, hard: true, 1),
      Block(5, 576, 96, excited: true, hard: true, 1),
    ], width: 1024)

  private static let epsilon: Float = 1e-3

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = unit("features.0", x, 16, kernel: 3, stride: 2, .hardSwish, &b)
    for (index, block) in blocks.enumerated() { x = add(block, "features.\(index + 1)", x, &b) }
    x = unit("features.\(blocks.count + 1)", x, 6 * x.channels, kernel: 1, .hardSwish, &b)
    x = b.linear("classifier.0", b.globalAveragePool("avgpool", x), width)
    return b.linear("classifier.3", b.activation("classifier.1", .hardSwish, x), b.classCount)
  }

  private func add(_ block: Block, _ name: String, _ x: Feature, _ b: inout NetworkBuilder)
    -> Feature
  {
    let function: ActivationFunction = block.isHard ? .hardSwish : .relu
    var y = x
    var index = 0
    func next() -> String {
      defer { index += 1 }
      return "\(name).block.\(index)"
    }
    if block.expanded != x.channels { y = unit(next(), y, block.expanded, kernel: 1, function, &b) }
    y = unit(
      next(), y, block.expanded, kernel: block.kernel, stride: block.stride,
      groups: block.expanded, function, &b)
    if block.isExcited {
      y = b.squeezeExcitation(
        next(), y, squeezed: ChannelRounding.multipleOf8(near: Double(block.expanded / 4)),
        activation: .relu,
        scale: .hardSigmoid(alpha: 1 / 6, beta: 0.5))
    }
    y = unit(next(), y, block.outputs, kernel: 1, nil, &b)
    return block.stride == 1 && x.channels == block.outputs ? b.addition(name, x, y) : y
  }

  private func unit(
    _ name: String, _ x: Feature, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    _ function: ActivationFunction?, _ b: inout NetworkBuilder
  ) -> Feature {
    b.mobileUnit(
      name, x, outputs, kernel: kernel, stride: stride, groups: groups, epsilon: Self.epsilon,
      activation: function)
  }
}
