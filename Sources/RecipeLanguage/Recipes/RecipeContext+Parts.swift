public import Attribution
public import FeatureVisualization

extension RecipeContext {
  /// The backprop modifier that a text names, such as `guided`.
  ///
  /// - Throws: `RecipeError` where the text is wrong.
  public func backpropModifier(_ text: String) throws(RecipeError) -> any BackpropModifier {
    try value(text, of: .backpropModifiers)
  }

  /// The optimizer that a text names, such as `adam(0.05)`.
  ///
  /// - Throws: `RecipeError` where the text is wrong.
  public func optimizer(_ text: String) throws(RecipeError) -> any Optimizer {
    try value(text, of: .optimizers)
  }

  /// A number that may change from step to step, such as `cosine(0.1, warm-up: 20)`.
  ///
  /// - Throws: `RecipeError` where the text is wrong.
  public func schedule(_ text: String) throws(RecipeError) -> Schedule {
    try RecipeReading(text, self).schedule(RecipeParser.parse(text))
  }

  /// The attribution methods that a text lists, such as `grad-cam, smooth-grad(samples: 20)`.
  ///
  /// - Throws: `RecipeError` where the text is wrong.
  public func attributionMethods(_ text: String) throws(RecipeError) -> [any AttributionMethod] {
    try list(text, of: .attributionMethods)
  }
}
