import ConvolutionalNetworks
import FeatureVisualization

/// Priors, which objectives may name too.
let priorWords: [Word<Objective>] = [
  Word("total-variation(beta: 2, space: byte)", "Differences of neighbouring pixels, to a power.") {
    TotalVariation(beta: try $0.number("beta"), space: try $0.space("space")).objective
  },
  Word(
    "directional-variation(of: picture, space: imagenet)",
    "Differences of neighbouring pixels in four directions."
  ) {
    DirectionalVariation(
      of: try $0.choice("of", ["picture": .picture, "channels": .channels]),
      space: try $0.space("space")
    ).objective
  },
  Word("lp-norm(p: 6, space: byte)", "Bright and dark pixels, to a power.") {
    LpNorm(p: try $0.number("p"), space: try $0.space("space")).objective
  },
  Word("picture-norm(power: l1, about: 0.5)", "The distance of the picture to a grey.") {
    ActivationNorm(try $0.normPower("power"), about: try $0.number("about")).objective
  },
  Word("activation-norm(layer, power: l1, about: 0)", "The distance of a layer to a number.") {
    ActivationNorm(
      layer: try $0.layer("layer"), try $0.normPower("power"), about: try $0.number("about")
    ).objective
  },
  Word("blur-penalty(space: unit)", "The distance to the picture blurred.") {
    BlurPenalty(space: try $0.space("space")).objective
  },
  Word("boundary-complexity(width: 20, center: 0.5)", "Detail in the frame of the picture.") {
    BoundaryComplexity(width: try $0.integer("width"), center: try $0.number("center")).objective
  },
  Word(
    "spectrum-slope(exponent: 2)", "The distance to a spectrum that falls by a power of frequency."
  ) {
    SpectrumSlope(exponent: try $0.number("exponent")).objective
  },
  Word(
    "batch-statistics(first-weight: 10, over: picture, by: published, fading-to: 1, tolerated-means: [0, 0], tolerated-deviations: [0, 0])",
    "The distance to the means and variances of the network's batch normalizations, beyond what is tolerated at the first and the last of them."
  ) { arguments in
    guard let network = arguments.network else {
      throw VisualizationError.invalidArgument("batch-statistics", "no network is known here")
    }
    let (first, last) = try arguments.tolerances()
    return try BatchStatistics(
      of: network, firstWeight: try arguments.number("first-weight"),
      over: try arguments.choice("over", ["picture": .picture, "batch": .batch]),
      by: try arguments.choice(
        "by",
        ["published": .published, "relative": .relative, "relative-excess": .relativeExcess])
    ).fading(to: try arguments.number("fading-to")).tolerating(from: first, to: last).objective
  },
  Word("balanced(prior, share: 1)", "A prior whose weight is measured at the first step.") {
    try $0.objective("prior").balanced(try $0.number("share"))
  },
]

extension RecipeArguments {
  fileprivate func normPower(_ name: String) throws(RecipeError) -> ActivationNorm.Power {
    try choice(name, ["l1": .l1, "l2": .l2])
  }
}

extension RecipeArguments {
  /// The tolerances of statistics at the first layer and at the last.
  fileprivate func tolerances() throws -> (BatchStatistics.Tolerance, BatchStatistics.Tolerance) {
    let means = try firstAndLast("tolerated-means")
    let deviations = try firstAndLast("tolerated-deviations")
    return (
      .init(mean: means[0], deviation: deviations[0]),
      .init(mean: means[1], deviation: deviations[1])
    )
  }

  private func firstAndLast(_ name: String) throws -> [Float] {
    let numbers = try numbers(name)
    guard numbers.count == 2, numbers.allSatisfy({ $0 >= 0 }) else {
      throw VisualizationError.invalidArgument(
        name, "\(numbers) are not two numbers of 0 or more, for the first layer and the last")
    }
    return numbers
  }
}
