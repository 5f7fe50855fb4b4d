import FeatureVisualization

extension Vocabulary where Value == any Projection {
  /// Changes of the picture after each step.
  static var projections: Vocabulary { projectionsOfRecipes }
}

private let projectionsOfRecipes = Vocabulary<any Projection>(
  "projection",
  [
    Word("ball(radius, norm: euclidean)", "No farther from the start than a radius.") {
      Ball(
        radius: try $0.number("radius"),
        norm: try $0.choice("norm", ["euclidean": .euclidean, "maximum": .maximum]))
    },
    Word("decay(rate)", "The picture shrinks by a rate.") { Decay(try $0.number("rate")) },
    Word("gaussian-blur(sigma, every: 1)", "A blur every so many steps.") {
      GaussianBlur(sigma: try $0.double("sigma"), every: try $0.integer("every"))
    },
    Word("clip-small-norm(percentile)", "Pixels of small norm become 0.") {
      PercentileClipping(.norm, percentile: try $0.double("percentile"))
    },
    Word("clip-small-contribution(percentile)", "Pixels of small contribution become 0.") {
      PercentileClipping(.contribution, percentile: try $0.double("percentile"))
    },
    Word("clip-small-value(percentile)", "Numbers of small magnitude become 0.") {
      PercentileClipping(.value, percentile: try $0.double("percentile"))
    },
    Word("clip-small-benefit(percentile)", "Pixels whose removal costs little become 0.") {
      PercentileClipping(.benefit, percentile: try $0.double("percentile"))
    },
    Word("clamp(low: 0, high: 1)", "Pixels are held in a range.") { arguments in
      let (low, high) = (try arguments.number("low"), try arguments.number("high"))
      guard low <= high else {
        throw VisualizationError.invalidArgument("clamp", "\(low) is above \(high)")
      }
      return RangeClamp(low...high)
    },
  ])
