import FeatureVisualization

extension Preset {
  /// The steps of the recipe and of all that follow it.
  var totalIterations: Int { stages.reduce(iterations) { $0 + $1.totalIterations } }

  /// The recipe, which keeps its pictures before some steps, counted through all of its stages.
  func keepingPictures(at steps: [Int]) -> Preset {
    var first = 0
    return keepingPictures(at: steps, from: &first)
  }

  private func keepingPictures(at steps: [Int], from first: inout Int) -> Preset {
    var recipe = self
    recipe.snapshots = Set(
      steps.lazy.map { [first] in $0 - first }.filter { (0..<iterations).contains($0) })
    first += iterations
    recipe.stages = stages.map { $0.keepingPictures(at: steps, from: &first) }
    return recipe
  }
}
