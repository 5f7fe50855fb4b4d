internal import ConvolutionalNetworks

/// GoogLeNet (Szegedy et al. 2014, https://arxiv.org/abs/1409.4842) as the BVLC trained it with Caffe:
/// https://github.com/BVLC/caffe/tree/master/models/bvlc_googlenet.
enum BVLCGoogLeNet {
  static func build(_ b: inout NetworkBuilder) -> Feature {
    let normalization = LocalResponseNormalization(size: 5)
    var x = b.input("data", side: 224)
    x = unit("conv1/7x7_s2", x, 64, kernel: 7, stride: 2, &b)
    x = b.add("pool1/norm1", normalization, pool("pool1/3x3_s2", x, &b))
    x = unit("conv2/3x3_reduce", x, 64, kernel: 1, &b)
    x = unit("conv2/3x3", x, 192, kernel: 3, &b)
    x = pool("pool2/3x3_s2", b.add("conv2/norm2", normalization, x), &b)
    x = inception("inception_3a", x, [64, 96, 128, 16, 32, 32], &b)
    x = inception("inception_3b", x, [128, 128, 192, 32, 96, 64], &b)
    x = pool("pool3/3x3_s2", x, &b)
    x = inception("inception_4a", x, [192, 96, 208, 16, 48, 64], &b)
    x = inception("inception_4b", x, [160, 112, 224, 24, 64, 64], &b)
    x = inception("inception_4c", x, [128, 128, 256, 24, 64, 64], &b)
    x = inception("inception_4d", x, [112, 144, 288, 32, 64, 64], &b)
    x = inception("inception_4e", x, [256, 160, 320, 32, 128, 128], &b)
    x = pool("pool4/3x3_s2", x, &b)
    x = inception("inception_5a", x, [256, 160, 320, 32, 128, 128], &b)
    x = inception("inception_5b", x, [384, 192, 384, 48, 128, 128], &b)
    x = b.linear("loss3/classifier", b.globalAveragePool("pool5/7x7_s1", x), b.classCount)
    return b.activation("prob", .softmax(axis: -1), x)
  }

  private static func inception(
    _ name: String, _ x: Feature, _ widths: [Int], _ b: inout NetworkBuilder
  ) -> Feature {
    let first = unit("\(name)/1x1", x, widths[0], kernel: 1, &b)
    let second = unit("\(name)/3x3_reduce", x, widths[1], kernel: 1, &b)
    let third = unit("\(name)/5x5_reduce", x, widths[3], kernel: 1, &b)
    let pooled = b.maxPool("\(name)/pool", x, kernel: 3, stride: 1, padding: 1)
    return b.concatenate(
      "\(name)/output",
      [
        first, unit("\(name)/3x3", second, widths[2], kernel: 3, &b),
        unit("\(name)/5x5", third, widths[4], kernel: 5, &b),
        unit("\(name)/pool_proj", pooled, widths[5], kernel: 1, &b),
      ])
  }

  private static func unit(
    _ name: String, _ x: Feature, _ outputs: Int, kernel: Int, stride: Int = 1,
    _ b: inout NetworkBuilder
  ) -> Feature {
    b.relu(
      "\(name)/relu",
      b.convolution(name, x, outputs, kernel: kernel, stride: stride, padding: kernel / 2))
  }

  private static func pool(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    b.maxPool(name, x, kernel: 3, stride: 2, ceilMode: true)
  }
}
