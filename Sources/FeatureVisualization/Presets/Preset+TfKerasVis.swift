extension Preset {
  /// tf-keras-vis: pixels of 0…255 from uniform noise, RMSProp, total variation and the mean magnitude as priors.
  ///
  /// The range is that of the picture shown, not of the steps. Keras' RMSProp adds its ε behind the root, ours within.
  /// https://github.com/keisen/tf-keras-vis.
  public static var tfKerasVis: Preset {
    var preset = Preset(
      name: "tf-keras-vis",
      parameterization: Pixels(in: .byte, start: .uniform(0...255), keepsRange: false),
      optimizer: RMSProp(learningRate: 1, rho: 0.999), iterations: 200)
    preset.inputModifiers = .tfKerasVis
    preset.regularizers = 1 * TotalVariation(beta: 1) + 0.3 * LpNorm(p: 1)
    return preset
  }
}
