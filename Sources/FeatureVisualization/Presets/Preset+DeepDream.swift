extension Preset {
  /// DeepDream on one octave: pixels of 0…255 less the mean, ten steps that change them by 1.5 on average, shifts by up to
  /// 32 pixels.
  ///
  ///     DeepDream(layer: "inception_4c/output")
  ///
  /// is its objective. It starts at noise where nothing else is given (`start`).
  /// Mordvintsev, Olah, Tyka 2015, https://github.com/google/deepdream.
  public static var deepDream: Preset {
    var preset = Preset(
      name: "deep-dream",
      parameterization: Pixels(in: .meanSubtractedByte, start: .normal(mean: 0, deviation: 10)),
      optimizer: GradientDescent(.meanChange(1.5)), iterations: 10)
    preset.inputModifiers = [.jitter(32)]
    return preset
  }

  /// DeepDream's recipe on octaves of a photo, of which each is larger by a factor.
  ///
  /// - Parameters:
  ///   - photo: `[1, H, W, C]`, 0…1.
  ///   - octaves: how many; each takes ten steps.
  ///   - factor: the ratio of an octave's sides to those of the one before.
  /// - Throws: `VisualizationError.invalidArgument` for other numbers, and for a tensor that is no picture.
  public static func deepDream(
    of photo: Tensor, octaves: Int = 4, factor: Double = 1.4
  ) throws(VisualizationError) -> Preset {
    try deepDream.octaves(of: photo, count: octaves, factor: factor)
  }
}
