internal import ConvolutionalNetworks

/// AlexNet in its one-tower form (Krizhevsky 2014, https://arxiv.org/abs/1404.5997), as torchvision has it.
enum AlexNet {
  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.relu("features.1", b.convolution("features.0", x, 64, kernel: 11, stride: 4, padding: 2))
    x = b.maxPool("features.2", x, kernel: 3, stride: 2)
    x = b.relu("features.4", b.convolution("features.3", x, 192, kernel: 5, padding: 2))
    x = b.maxPool("features.5", x, kernel: 3, stride: 2)
    x = b.relu("features.7", b.convolution("features.6", x, 384, kernel: 3, padding: 1))
    x = b.relu("features.9", b.convolution("features.8", x, 256, kernel: 3, padding: 1))
    x = b.relu("features.11", b.convolution("features.10", x, 256, kernel: 3, padding: 1))
    x = b.maxPool("features.12", x, kernel: 3, stride: 2)
    x = b.flatten("flatten", x, positions: 6 * 6)
    x = b.relu("classifier.2", b.linear("classifier.1", x, 4096))
    x = b.relu("classifier.5", b.linear("classifier.4", x, 4096))
    return b.linear("classifier.6", x, b.classCount)
  }
}
