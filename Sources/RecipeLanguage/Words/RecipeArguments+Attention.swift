import FeatureVisualization

extension RecipeArguments {
  /// The head and the tokens that count, of the arguments `head`, `heads` and `tokens`; `nil` for all of a layer.
  func attentionPart() throws(RecipeError) -> AttentionPart? {
    var part: AttentionPart?
    if !isOmitted("head") {
      let head = try integer("head")
      part = isOmitted("heads") ? .head(head) : .head(head, of: try integer("heads"))
    }
    if !isOmitted("tokens") {
      let tokens = try range("tokens")
      part = part.map { $0.tokens(tokens) } ?? .tokens(tokens)
    }
    return part
  }
}
