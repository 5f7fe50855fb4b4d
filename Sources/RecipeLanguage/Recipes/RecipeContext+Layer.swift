import ConvolutionalNetworks
import FeatureVisualization

extension RecipeContext {
  /// The layer that a recipe draws: the one that is said, the first that its objective looks at, or the last.
  func layerDrawn(by recipe: Recipe) throws -> LayerID {
    if let layer { return layer }
    let objective = try Objective(recipe.objective ?? "", in: self)
    let subjects = objective.terms.lazy.filter { $0.role == .objective }.flatMap(\.loss.subjects)
    return subjects.compactMap(\.layer).first ?? -1
  }
}
