extension Preset {
  /// captum.optim: the spectrum in decorrelated colours, gentle transformations, Adam.
  ///
  /// captum's spectrum is not divided by 4 as lucid's is: a deviation of 0.02 and a rate of 0.025 there are four times as
  /// much here.
  /// https://github.com/pytorch/captum/tree/optim-wip, `optim/_core/optimization.py`.
  public static var captum: Preset {
    var preset = Preset(
      name: "captum", parameterization: Fourier(deviation: 4 * 0.02),
      optimizer: Adam(learningRate: Schedule(4 * 0.025)), iterations: 512)
    preset.inputModifiers = .captum
    return preset
  }
}
