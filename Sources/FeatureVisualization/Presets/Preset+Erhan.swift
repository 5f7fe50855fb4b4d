extension Preset {
  /// Plain gradient ascent on pixels held in their range: `x ← x + α · ∂h/∂x`.
  ///
  /// Erhan et al. 2009, "Visualizing higher-layer features of a deep network". The rate is such that a step
  /// raises the unit by about 1 while that takes no more than a thousandfold gradient.
  public static var erhan: Preset {
    Preset(
      name: "erhan",
      parameterization: Pixels(in: .unit, start: .uniform(0...1)),
      optimizer: GradientDescent(.progress(1, maximum: 1000)), iterations: 200)
  }
}
