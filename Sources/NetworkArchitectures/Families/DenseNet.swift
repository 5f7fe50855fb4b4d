internal import ConvolutionalNetworks

/// DenseNet (Huang et al. 2016, https://arxiv.org/abs/1608.06993), as torchvision has it.
struct DenseNet {
  /// The layers of each of the four blocks.
  let depths: [Int]

  private static let growth = 32
  private static let bottleneck = 4 * growth

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.convolution("features.conv0", x, 64, kernel: 7, stride: 2, padding: 3, bias: false)
    x = b.relu("features.relu0", b.batchNormalization("features.norm0", x))
    x = b.maxPool("features.pool0", x, kernel: 3, stride: 2, padding: 1)
    for (index, depth) in depths.enumerated() {
      x = block("features.denseblock\(index + 1)", x, depth: depth, &b)
      if index < depths.count - 1 { x = transition("features.transition\(index + 1)", x, &b) }
    }
    x = b.relu("features.relu5", b.batchNormalization("features.norm5", x))
    return b.linear("classifier", b.globalAveragePool("avgpool", x), b.classCount)
  }

  /// Each layer reads what all layers before it have written.
  private func block(_ name: String, _ x: Feature, depth: Int, _ b: inout NetworkBuilder)
    -> Feature
  {
    var joined = x
    for index in 1...depth {
      let layer = "\(name).denselayer\(index)"
      var y = b.relu("\(layer).relu1", b.batchNormalization("\(layer).norm1", joined))
      y = b.convolution("\(layer).conv1", y, Self.bottleneck, kernel: 1, bias: false)
      y = b.relu("\(layer).relu2", b.batchNormalization("\(layer).norm2", y))
      y = b.convolution("\(layer).conv2", y, Self.growth, kernel: 3, padding: 1, bias: false)
      joined = b.concatenate(index == depth ? name : layer, [joined, y])
    }
    return joined
  }

  private func transition(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    let active = b.relu("\(name).relu", b.batchNormalization("\(name).norm", x))
    let halved = b.convolution("\(name).conv", active, x.channels / 2, kernel: 1, bias: false)
    return b.averagePool("\(name).pool", halved, kernel: 2, stride: 2)
  }

  /// Published files write `denselayer1.norm.1.weight` where the modules say `denselayer1.norm1.weight`.
  static func publishedName(_ name: String) -> String {
    name.replacing(/(denselayer\d+\.(?:norm|conv))([12]\.)/) { "\($0.1).\($0.2)" }
  }
}
