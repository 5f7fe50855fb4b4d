internal import ConvolutionalNetworks

/// ConvNeXt (Liu et al. 2022, https://arxiv.org/abs/2201.03545), as torchvision has it.
struct ConvNeXt {
  /// The blocks of each of the four stages.
  let depths: [Int]
  let widths: [Int]

  private static let epsilon: Float = 1e-6

  func build(_ b: inout NetworkBuilder) -> Feature {
    var x = b.input(side: 224)
    x = b.convolution("features.0.0", x, widths[0], kernel: 4, stride: 4)
    x = layerNormalization("features.0.1", x, &b)
    for (stage, depth) in depths.enumerated() {
      if stage > 0 {
        let name = "features.\(2 * stage)"
        x = layerNormalization("\(name).0", x, &b)
        x = b.convolution("\(name).1", x, widths[stage], kernel: 2, stride: 2)
      }
      for block in 0..<depth { x = self.block("features.\(2 * stage + 1).\(block)", x, &b) }
    }
    x = b.add("avgpool", GlobalPooling(.average), x)
    x = b.flatten("classifier.1", layerNormalization("classifier.0", x, &b), positions: 1)
    return b.linear("classifier.2", x, b.classCount)
  }

  private func block(_ name: String, _ x: Feature, _ b: inout NetworkBuilder) -> Feature {
    let width = x.channels
    var y = b.convolution("\(name).block.0", x, width, kernel: 7, padding: 3, groups: width)
    y = layerNormalization("\(name).block.2", y, &b)
    y = b.activation(
      "\(name).block.4", .gelu(approximate: false), pointwise("\(name).block.3", y, 4 * width, &b))
    y = pointwise("\(name).block.5", y, width, &b)
    let scale = b.constant(
      "\(name).layer_scale", b.weight("\(name).layer_scale", [width, 1, 1]))
    y = b.add("\(name).scaled", Arithmetic(.multiply), y, scale)
    return b.addition(name, x, y)
  }

  /// Over the channels of each position.
  private func layerNormalization(_ name: String, _ x: Feature, _ b: inout NetworkBuilder)
    -> Feature
  {
    let scale = b.weight("\(name).weight", [x.channels])
    let shift = b.weight("\(name).bias", [x.channels])
    // Channels stand before height and width, against which the parameters are broadcast.
    func placed(_ tensor: Tensor) -> Tensor { tensor.reshaped(to: [tensor.count, 1, 1]) }
    return b.add(
      name,
      LayerNormalization(
        axes: [1], scale: placed(scale), shift: placed(shift), epsilon: Self.epsilon), x)
  }

  /// A dense layer at each position, whose weights are `[out, in]`.
  private func pointwise(
    _ name: String, _ x: Feature, _ outputs: Int, _ b: inout NetworkBuilder
  ) -> Feature {
    let weights = b.weight("\(name).weight", [outputs, x.channels])
    let kernel =
      weights.rank == 2 ? weights.reshaped(to: [outputs, 1, 1, x.channels]) : weights
    return b.add(
      name, Convolution(weights: kernel, bias: b.weight("\(name).bias", [outputs])), x,
      channels: outputs)
  }
}
