internal import ConvolutionalNetworks

/// MobileNet (Howard et al. 2017, https://arxiv.org/abs/1704.04861), as keras.applications has it.
enum MobileNetV1 {
  private static let widths = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024]
  private static let halvings: Set = [2, 4, 6, 12]

  static func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input("input_1", side: 224)
    x = b.kerasConvolution("conv1", x, 32, kernel: 3, stride: 2, padding: .sameUpper, bias: false)
    x = finish("conv1", x, &b)
    for (index, width) in widths.enumerated() {
      let number = index + 1
      let isHalving = halvings.contains(number)
      if isHalving { x = b.zeroPadding("conv_pad_\(number)", x, before: 0, after: 1) }
      x = b.kerasDepthwiseConvolution(
        "conv_dw_\(number)", x, kernel: 3, stride: isHalving ? 2 : 1,
        padding: isHalving ? .none() : .sameUpper)
      x = finish("conv_dw_\(number)", x, &b)
      x = b.kerasConvolution("conv_pw_\(number)", x, width, kernel: 1, bias: false)
      x = finish("conv_pw_\(number)", x, &b)
    }
    x = b.add("global_average_pooling2d", GlobalPooling(.average), x)
    x = b.kerasConvolution("conv_preds", x, b.classCount, kernel: 1)
    x = b.add("reshape_2", Flatten(), x)
    return b.activation("predictions", .softmax(axis: -1), x)
  }

  private static func finish(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    b.activation("\(name)_relu", .relu6, b.kerasBatchNormalization("\(name)_bn", x))
  }
}
