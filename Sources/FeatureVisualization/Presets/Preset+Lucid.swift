extension Preset {
  /// lucid: the spectrum in decorrelated colours, pictures padded, shifted, scaled and turned, Adam.
  ///
  /// What the transformations leave is cropped to the network's size.
  /// Olah et al. 2017, https://distill.pub/2017/feature-visualization; https://github.com/tensorflow/lucid.
  public static var lucid: Preset {
    var preset = Preset(
      name: "lucid", parameterization: Fourier(), optimizer: Adam(learningRate: 0.05),
      iterations: 512)
    preset.inputModifiers = .lucid
    return preset
  }
}
