extension Preset {
  /// Horama's MACO: a picture of 1280 × 1280, of which the network sees six boxes at each step, PyTorch's NAdam at rate 1.
  ///
  /// Horama hands the network −2.5…2.5, whatever it expects; here pictures are 0…1 and reach it by its own preprocessing.
  /// https://github.com/serre-lab/Horama, `maco_fv.py`.
  public static var horama: Preset {
    var preset = Preset(
      name: "horama", parameterization: MagnitudeConstrained(),
      optimizer: NAdam(learningRate: 1), iterations: 1000)
    preset.canvas = Canvas(height: 1280, width: 1280)
    preset.inputModifiers = .horama
    (preset.views, preset.viewsAtOnce) = (6, 6)
    preset.accumulatesImportance = true
    return preset
  }
}
