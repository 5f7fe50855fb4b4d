internal import ConvolutionalNetworks

/// SqueezeNet (Iandola et al. 2016, https://arxiv.org/abs/1602.07360), as torchvision has it.
enum SqueezeNet {
  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.relu("features.1", b.convolution("features.0", x, 96, kernel: 7, stride: 2))
    x = pool("features.2", x, &b)
    x = fire("features.3", x, squeeze: 16, expand: 64, &b)
    x = fire("features.4", x, squeeze: 16, expand: 64, &b)
    x = fire("features.5", x, squeeze: 32, expand: 128, &b)
    x = pool("features.6", x, &b)
    x = fire("features.7", x, squeeze: 32, expand: 128, &b)
    x = fire("features.8", x, squeeze: 48, expand: 192, &b)
    x = fire("features.9", x, squeeze: 48, expand: 192, &b)
    x = fire("features.10", x, squeeze: 64, expand: 256, &b)
    x = pool("features.11", x, &b)
    x = fire("features.12", x, squeeze: 64, expand: 256, &b)
    return classifier(x, &b)
  }

  /// Version 1.1: smaller windows at the beginning, a third of the work.
  static func buildCompact(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.relu("features.1", b.convolution("features.0", x, 64, kernel: 3, stride: 2))
    x = pool("features.2", x, &b)
    x = fire("features.3", x, squeeze: 16, expand: 64, &b)
    x = fire("features.4", x, squeeze: 16, expand: 64, &b)
    x = pool("features.5", x, &b)
    x = fire("features.6", x, squeeze: 32, expand: 128, &b)
    x = fire("features.7", x, squeeze: 32, expand: 128, &b)
    x = pool("features.8", x, &b)
    x = fire("features.9", x, squeeze: 48, expand: 192, &b)
    x = fire("features.10", x, squeeze: 48, expand: 192, &b)
    x = fire("features.11", x, squeeze: 64, expand: 256, &b)
    x = fire("features.12", x, squeeze: 64, expand: 256, &b)
    return classifier(x, &b)
  }

  private static func pool(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    b.maxPool(name, x, kernel: 3, stride: 2, ceilMode: true)
  }

  private static func fire(
    _ name: String, _ x: Feature, squeeze: Int, expand: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    let squeezed = b.relu(
      "\(name).squeeze_activation", b.convolution("\(name).squeeze", x, squeeze, kernel: 1))
    let narrow = b.relu(
      "\(name).expand1x1_activation",
      b.convolution("\(name).expand1x1", squeezed, expand, kernel: 1))
    let wide = b.relu(
      "\(name).expand3x3_activation",
      b.convolution("\(name).expand3x3", squeezed, expand, kernel: 3, padding: 1))
    return b.concatenate(name, [narrow, wide])
  }

  private static func classifier(_ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    let scores = b.relu("classifier.2", b.convolution("classifier.1", x, b.classCount, kernel: 1))
    return b.globalAveragePool("classifier.3", scores)
  }
}
