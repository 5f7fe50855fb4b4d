extension Preset {
  /// Xplique's `optimize`: the spectrum of a picture of 512 × 512 in decorrelated colours, of which the network sees windows.
  ///
  /// Xplique stretches each picture to its full range at every step; here the sigmoid alone holds it in range.
  /// https://github.com/deel-ai/xplique, `features_visualizations/optim.py`.
  public static var xplique: Preset {
    var preset = Preset(
      name: "xplique", parameterization: Fourier(decay: 0.85), optimizer: Adam(learningRate: 0.05),
      iterations: 256)
    preset.canvas = Canvas(height: 512, width: 512)
    preset.inputModifiers = .xplique
    return preset
  }
}
