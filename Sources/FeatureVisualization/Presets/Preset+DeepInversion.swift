extension Preset {
  /// DeepInversion without its statistics: standardised pixels held in range, total variation in four directions, Adam with
  /// warm-up and cosine, shifts and flips.
  ///
  /// Its setting 1, 2000 steps at full size. `CrossEntropy` is its objective, and `deepInversion(of:)` adds what makes its
  /// pictures natural. The setting of two resolutions pools a full picture, whose finest noise is left alone for two thirds of
  /// the run; a stage of another `size` before this one does not.
  /// Yin et al. 2020, https://arxiv.org/abs/1912.08795; https://github.com/NVlabs/DeepInversion.
  public static var deepInversion: Preset {
    var preset = Preset(
      name: "deep-inversion",
      parameterization: Pixels(
        in: .imageNetStandardized, start: .normal(mean: 0, deviation: 1)),
      optimizer: Adam(learningRate: .cosine(0.2, warmUp: 100), beta1: 0.5, beta2: 0.9),
      iterations: 2000)
    preset.inputModifiers = .deepInversion
    preset.regularizers =
      1e-4 * DirectionalVariation() + 1e-5
      * ActivationNorm(of: .picture(.imageNetStandardized), .l2)
    return preset
  }

  /// DeepInversion for a network with batch normalizations, whose statistics pictures are held to with a weight of 0.05,
  /// the first one's ten times as much.
  ///
  ///     let recipe = try Preset.deepInversion(of: network)
  ///     let zebra = try network.visualizeActivationWithLosses(
  ///       CrossEntropy(layer: "fc", class: "zebra") + recipe.regularizers, preset: recipe)
  ///
  /// - Throws: `VisualizationError.incompatible` for a network without batch normalizations.
  public static func deepInversion(
    of network: NeuralNetwork
  ) throws(VisualizationError) -> Preset {
    let statistics = try BatchStatistics(of: network)
    var preset = deepInversion
    preset.regularizers = preset.regularizers + (0.05 * statistics).asPrior
    return preset
  }
}
