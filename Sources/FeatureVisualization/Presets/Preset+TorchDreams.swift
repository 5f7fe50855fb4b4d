extension Preset {
  /// torch-dreams: a spectrum of steep decay, AdamW without decay, gradients no longer than 1, strong turns and scales.
  ///
  /// There the network sees pictures of 128…307 pixels a side, as they come; here what the scales leave is cropped to its
  /// input, or gets a grey frame.
  /// https://github.com/Mayukhdeb/torch-dreams.
  public static var torchDreams: Preset {
    var preset = Preset(
      name: "torch-dreams", parameterization: Fourier(decay: 1.5),
      optimizer: AdamW(learningRate: 9e-3, weightDecay: 0).clippingGradients(toNorm: 1),
      iterations: 120)
    preset.inputModifiers = .torchDreams
    return preset
  }
}
