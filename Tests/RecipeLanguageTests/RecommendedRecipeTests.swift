import FeatureVisualization
import RecipeLanguage
import Testing

/// `recommended` and `quick` name recipes that are chosen for a network and a layer.
struct RecommendedRecipeTests {
  private func recipe(_ preset: String, objective: String? = nil) -> Recipe {
    var recipe = Recipe()
    (recipe.preset, recipe.objective) = (preset, objective)
    return recipe
  }

  @Test("the layer is the one that is said, or the first of the objective")
  func layer() throws {
    let network = try RecipeNetwork.make()
    let name = network.layers[0].name
    let said = try Preset(
      recipe("recommended"), in: RecipeContext(network: network, layer: .name(name)))
    #expect(said.reasons.contains { $0.contains("'\(name)'") })
    let raised = try Preset(
      recipe("recommended", objective: "channel(\"\(name)\", 0)"),
      in: RecipeContext(network: network))
    #expect(raised.reasons == said.reasons)
  }

  @Test("quick takes fewer steps")
  func quick() throws {
    let context = RecipeContext(network: try RecipeNetwork.make())
    let (quick, best) = (
      try Preset(recipe("quick"), in: context), try Preset(recipe("recommended"), in: context)
    )
    #expect(quick.iterations < best.iterations)
  }

  @Test(
    "a recipe that names none is the recommended one for units, and lucid's for what it raises itself"
  )
  func unnamed() throws {
    let context = RecipeContext(network: try RecipeNetwork.make())
    #expect(try Preset(Recipe(), in: context).name == "recommended")
    var raising = Recipe()
    raising.objective = "total-variation"
    #expect(try Preset(raising, in: context).name == "lucid")
    var onPhoto = Recipe()
    onPhoto.photo = "photo.png"
    #expect(onPhoto.presetName == "lucid")
  }

  @Test("without a network there is nothing to choose by")
  func noNetwork() {
    #expect(throws: VisualizationError.self) { _ = try Preset(recipe("recommended")) }
  }
}
