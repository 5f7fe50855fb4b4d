extension Preset {
  /// Rows 1 to 4 of the table of recipes of Yosinski et al.: gradient ascent on mean-subtracted pixels from
  /// normal noise, held in the range of pictures and down by decay, blur and clipping.
  ///
  /// Yosinski et al. 2015, https://arxiv.org/abs/1506.06579.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for any other row.
  public static func yosinski(_ row: Int) throws(VisualizationError) -> Preset {
    let table: [(projections: [any Projection], rate: LearningRate, iterations: Int)] = [
      (
        [.gaussianBlur(sigma: 0.5, every: 4), .clipSmallNorm(percentile: 50)],
        .progress(2, maximum: 100), 500
      ),
      ([.decay(0.3), .clipSmallNorm(percentile: 20)], .constant(100), 750),
      ([.decay(0.0001), .gaussianBlur(sigma: 1, every: 4)], .constant(100), 1000),
      (
        [.gaussianBlur(sigma: 0.5, every: 4), .clipSmallContribution(percentile: 90)],
        .progress(2, maximum: 1e8), 1000
      ),
    ]
    guard (1...table.count).contains(row) else {
      throw .invalidArgument("yosinski", "row \(row) is not in 1...\(table.count)")
    }
    let recipe = table[row - 1]
    var preset = Preset(
      name: "yosinski-\(row)",
      parameterization: Pixels(
        in: .meanSubtractedByte, start: .normal(mean: 0, deviation: 10)),
      optimizer: GradientDescent(recipe.rate), iterations: recipe.iterations)
    preset.projections = recipe.projections
    preset.display = .stretched
    return preset
  }
}
