import FeatureVisualization

extension Vocabulary where Value == Schedule {
  /// Numbers that change from step to step.
  static var schedules: Vocabulary { schedulesOfRecipes }
}

private let schedulesOfRecipes = Vocabulary<Schedule>(
  "schedule",
  [
    Word("linear(from, to, over: none)", "From one number to another in equal steps.") {
      .linear(
        from: try $0.number("from"), to: try $0.number("to"),
        over: $0.isOmitted("over") ? nil : try $0.integer("over"))
    },
    Word(
      "cosine(peak, warm-up: 0)", "Up to the peak while it warms up, then along half a cosine to 0."
    ) {
      .cosine(try $0.number("peak"), warmUp: try $0.integer("warm-up"))
    },
  ])
