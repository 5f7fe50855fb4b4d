import FeatureVisualization
import RecipeLanguage

/// Objectives and recipes written as text, as files and command lines hold them.
func drawByText() throws {
  let network = smallNetwork
  let context = RecipeContext(network: network)
  var recipe = Recipe()
  recipe.optimizer = "adam(cosine(0.1, warm-up: 20))"
  recipe.iterations = 40
  let picture = try network.visualizeActivationWithLosses(
    Objective("channel(a, 3) - 0.5 * channel(a, 5)", in: context),
    preset: Preset(recipe, in: context))

  let objectives = picture.history.map { $0.objectives[0] }
  expect(objectives[39] > objectives[0], "an objective in a text is raised")
  do {
    _ = try Objective("chanel(a, 3)", in: context)
    expect(false, "a wrong word is refused")
  } catch {
    expect(error.expected == ["channel"], "the words are told that could stand there")
  }
}
