extension Preset {
  /// keras-vis: pixels of 0…255 that may leave their range, normalised gradient, RMSProp, total variation and
  /// L⁶ norm.
  ///
  /// The uniform noise it starts from has the middle of the range as mean and a twentieth of it as deviation.
  /// https://github.com/raghakot/keras-vis.
  public static var kerasVis: Preset {
    let halfWidth = 0.05 * 255 * Float(3).squareRoot()
    var preset = Preset(
      name: "keras-vis",
      parameterization: Pixels(
        in: .byte, start: .uniform((127.5 - halfWidth)...(127.5 + halfWidth)), keepsRange: false),
      optimizer: RMSProp(), iterations: 200)
    preset.regularizers = 10 * LpNorm(p: 6) + 10 * TotalVariation()
    preset.normalizesGradient = true
    return preset
  }
}
