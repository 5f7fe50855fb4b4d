extension Preset {
  /// MACO as Xplique has it: the phases of a spectrum of fixed magnitude, of a picture of 512 × 512, of which the network
  /// sees 32 boxes at each step, smaller and smaller ones.
  ///
  /// The magnitude is that of natural pictures by a power law, where Xplique loads the mean of ImageNet's:
  /// `MagnitudeConstrained(magnitude:)` takes a measured one. Keras' NAdam, rate 1. What moved each pixel is in
  /// `DrawnInput.importance`, Xplique's transparency.
  /// Fel et al. 2023, https://arxiv.org/abs/2306.06805; https://github.com/deel-ai/xplique.
  public static var maco: Preset {
    var preset = Preset(
      name: "maco", parameterization: MagnitudeConstrained(),
      optimizer: NAdam.keras(learningRate: 1), iterations: 256)
    preset.canvas = Canvas(height: 512, width: 512)
    preset.inputModifiers = .maco
    (preset.views, preset.viewsAtOnce) = (32, 8)
    preset.accumulatesImportance = true
    return preset
  }
}
