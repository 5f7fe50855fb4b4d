public import FeatureVisualization

extension Objective {
  /// What a text says is raised: `direction(mixed4c, "v.npy") - 0.1 * channel(conv2, 3)`; nothing for an empty text.
  ///
  /// - Throws: `RecipeError` where the text is wrong.
  public init(_ text: String, in context: RecipeContext = RecipeContext()) throws(RecipeError) {
    guard text.contains(where: { !$0.isWhitespace }) else {
      self.init()
      return
    }
    self = try RecipeReading(text, context).objective(RecipeParser.parse(text))
  }
}

extension RecipeContext {
  /// The word of a vocabulary that a text is.
  func value<Value>(_ text: String, of vocabulary: Vocabulary<Value>) throws(RecipeError) -> Value {
    try RecipeReading(text, self).value(RecipeParser.parse(text), of: vocabulary)
  }

  /// The words of a vocabulary that a text lists; none for an empty text.
  func list<Value>(_ text: String, of vocabulary: Vocabulary<Value>) throws(RecipeError) -> [Value]
  {
    var values: [Value] = []
    for part in try RecipeParser.parseList(text) {
      values.append(try RecipeReading(text, self).value(part, of: vocabulary))
    }
    return values
  }
}
