extension Preset {
  /// The recipe for vision transformers of Ghiasi et al.: pixels of 0…1, of which the network sees eight views of other
  /// colours at each step, Adam along a cosine.
  ///
  /// CLIP's transformers take a rate of 1.
  /// Ghiasi et al. 2022, https://arxiv.org/abs/2212.06727; https://github.com/hamidkazemi22/vit-visualization.
  public static var colorShift: Preset {
    var preset = Preset(
      name: "color-shift", parameterization: Pixels(in: .unit, start: .uniform(0...1)),
      optimizer: Adam(learningRate: .cosine(0.1), beta1: 0.5, beta2: 0.99), iterations: 400)
    preset.inputModifiers = .colorShift
    (preset.views, preset.viewsAtOnce) = (8, 8)
    preset.regularizers = 5e-4 * DirectionalVariation(of: .channels, space: .unit)
    return preset
  }
}
