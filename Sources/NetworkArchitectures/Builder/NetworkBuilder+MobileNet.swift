internal import ConvolutionalNetworks

/// What the mobile networks of torchvision have in common.
extension NetworkBuilder {
  /// torchvision's Conv2dNormActivation: convolution `.0`, batch normalization `.1`, activation `.2`.
  mutating func mobileUnit(
    _ name: String, _ x: Feature, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1,
    epsilon: Float = 1e-5, activation function: ActivationFunction?
  ) -> Feature {
    let y = batchNormalization(
      "\(name).1",
      convolution(
        "\(name).0", x, outputs, kernel: kernel, stride: stride, padding: kernel / 2,
        groups: groups, bias: false), epsilon: epsilon)
    guard let function else { return y }
    return activation("\(name).2", function, y)
  }

  /// Squeeze and excitation (Hu et al. 2017, https://arxiv.org/abs/1709.01507): a factor for each channel,
  /// computed from the means of all.
  mutating func squeezeExcitation(
    _ name: String, _ x: Feature, squeezed: Int, activation function: ActivationFunction,
    scale: ActivationFunction
  ) -> Feature {
    var y = add("\(name).avgpool", GlobalPooling(.average), x)
    y = activation(
      "\(name).activation", function, convolution("\(name).fc1", y, squeezed, kernel: 1))
    y = convolution("\(name).fc2", y, x.channels, kernel: 1)
    y = activation("\(name).scale_activation", scale, y)
    return add(name, Arithmetic(.multiply), x, y)
  }
}
