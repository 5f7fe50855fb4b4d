import FeatureVisualization

/// The recipe that suits a network, and why.
func drawByRecommendation() throws {
  let recipe = try Preset.recommended(for: smallNetwork, layer: "c")
  expect(!recipe.reasons.isEmpty, "a recommended recipe tells why it is what it is")
  let drawn = try smallNetwork.visualizeActivation(
    of: "c", units: 0, preset: recipe, iterations: 6)
  expect(drawn.scores[0].isFinite, "a recommended recipe draws")
}
