extension Preset {
  /// act_max_util: gradient ascent at rate 100 on standardised pixels, all four regularizers of Yosinski et al.
  /// at once.
  public static var actMaxUtil: Preset {
    var preset = Preset(
      name: "act-max-util",
      parameterization: Pixels(
        in: .imageNetStandardized, start: .normal(mean: 0, deviation: 1), keepsRange: false),
      optimizer: GradientDescent(.constant(100)), iterations: 250)
    preset.projections = [
      .decay(0.1), .gaussianBlur(sigma: 1, every: 4), .clipSmallNorm(percentile: 30),
      .clipSmallContribution(percentile: 30),
    ]
    return preset
  }
}
