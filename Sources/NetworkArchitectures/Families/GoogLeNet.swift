internal import ConvolutionalNetworks

/// GoogLeNet (Szegedy et al. 2014, https://arxiv.org/abs/1409.4842), as torchvision has it: with batch
/// normalization, and 3×3 windows where the paper has 5×5.
enum GoogLeNet {
  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = unit("conv1", x, 64, kernel: 7, stride: 2, padding: 3, &b)
    x = b.maxPool("maxpool1", x, kernel: 3, stride: 2, ceilMode: true)
    x = unit("conv2", x, 64, kernel: 1, &b)
    x = unit("conv3", x, 192, kernel: 3, padding: 1, &b)
    x = b.maxPool("maxpool2", x, kernel: 3, stride: 2, ceilMode: true)
    x = inception("inception3a", x, [64, 96, 128, 16, 32, 32], &b)
    x = inception("inception3b", x, [128, 128, 192, 32, 96, 64], &b)
    x = b.maxPool("maxpool3", x, kernel: 3, stride: 2, ceilMode: true)
    x = inception("inception4a", x, [192, 96, 208, 16, 48, 64], &b)
    x = inception("inception4b", x, [160, 112, 224, 24, 64, 64], &b)
    x = inception("inception4c", x, [128, 128, 256, 24, 64, 64], &b)
    x = inception("inception4d", x, [112, 144, 288, 32, 64, 64], &b)
    x = inception("inception4e", x, [256, 160, 320, 32, 128, 128], &b)
    x = b.maxPool("maxpool4", x, kernel: 2, stride: 2, ceilMode: true)
    x = inception("inception5a", x, [256, 160, 320, 32, 128, 128], &b)
    x = inception("inception5b", x, [384, 192, 384, 48, 128, 128], &b)
    return b.linear("fc", b.globalAveragePool("avgpool", x), b.classCount)
  }

  /// The widths are those of the 1×1 branch, the second branch's two convolutions, the third's two, and that
  /// behind the pooling.
  private static func inception(
    _ name: String, _ x: Feature, _ widths: [Int], _ b: inout NetworkBuilder
  ) -> Feature {
    let first = unit("\(name).branch1", x, widths[0], kernel: 1, &b)
    var second = unit("\(name).branch2.0", x, widths[1], kernel: 1, &b)
    second = unit("\(name).branch2.1", second, widths[2], kernel: 3, padding: 1, &b)
    var third = unit("\(name).branch3.0", x, widths[3], kernel: 1, &b)
    third = unit("\(name).branch3.1", third, widths[4], kernel: 3, padding: 1, &b)
    var fourth = b.maxPool("\(name).branch4.0", x, kernel: 3, stride: 1, padding: 1, ceilMode: true)
    fourth = unit("\(name).branch4.1", fourth, widths[5], kernel: 1, &b)
    return b.concatenate(name, [first, second, third, fourth])
  }

  private static func unit(
    _ name: String, _ x: Feature, _ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    _ b: inout NetworkBuilder
  ) -> Feature {
    b.inceptionUnit(
      name, x, outputs, kernel: [kernel, kernel], stride: stride, padding: [padding, padding])
  }
}

extension NetworkBuilder {
  /// torchvision's BasicConv2d: convolution, batch normalization, ReLU; its value has the module's name.
  mutating func inceptionUnit(
    _ name: String, _ x: Feature, _ outputs: Int, kernel: [Int], stride: Int = 1,
    padding: [Int] = [0, 0]
  ) -> Feature {
    let y = convolution(
      "\(name).conv", x, outputs, kernel: kernel, stride: stride, padding: padding, bias: false)
    return relu(name, batchNormalization("\(name).bn", y, epsilon: 1e-3))
  }
}
