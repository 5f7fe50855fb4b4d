internal import ConvolutionalNetworks

/// VGG (Simonyan and Zisserman 2014, https://arxiv.org/abs/1409.1556), as torchvision has it.
struct VGG {
  /// The 3×3 convolutions of each of the five blocks.
  let depths: [Int]
  let isNormalized: Bool

  private static let widths = [64, 128, 256, 512, 512]

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    var index = 0
    func next() -> String {
      defer { index += 1 }
      return "features.\(index)"
    }
    for (depth, width) in zip(depths, Self.widths) {
      for _ in 0..<depth {
        x = b.convolution(next(), x, width, kernel: 3, padding: 1)
        if isNormalized { x = b.batchNormalization(next(), x) }
        x = b.relu(next(), x)
      }
      x = b.maxPool(next(), x, kernel: 2, stride: 2)
    }
    x = b.flatten("flatten", x, positions: 7 * 7)
    x = b.relu("classifier.1", b.linear("classifier.0", x, 4096))
    x = b.relu("classifier.4", b.linear("classifier.3", x, 4096))
    return b.linear("classifier.6", x, b.classCount)
  }
}
