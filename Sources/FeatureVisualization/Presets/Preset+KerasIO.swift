extension Preset {
  /// keras.io's "Visualizing what convnets learn": the mean of a filter without its border, normalised gradient
  /// ascent on grey noise of −1…1, the border of the picture cut off.
  ///
  /// https://keras.io/examples/vision/visualizing_what_convnets_learn.
  public static var kerasIO: Preset {
    var preset = Preset(
      name: "keras-io",
      parameterization: Pixels(
        in: .symmetric, start: .uniform(-0.125...0.125), keepsRange: false),
      optimizer: GradientDescent(.constant(10)), iterations: 30)
    preset.normalizesGradient = true
    preset.border = 2
    preset.display = .standardized(deviation: 0.15)
    preset.crop = 25
    preset.side = 180
    return preset
  }
}
