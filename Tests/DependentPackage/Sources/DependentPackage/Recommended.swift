import FeatureVisualization
import NaturalExamples

/// The recipe that suits a network, and why.
func drawByRecommendation() throws {
  let recipe = try Preset.recommended(for: smallNetwork, layer: "c")
  expect(!recipe.reasons.isEmpty, "a recommended recipe tells why it is what it is")
  let drawn = try smallNetwork.visualizeActivation(
    of: "c", units: 0, preset: recipe, iterations: 6)
  expect(drawn.scores[0].isFinite, "a recommended recipe draws")

  let measurement = try LayerStatisticsMeasurement(smallNetwork, layers: ["a", "b"])
  for seed in 0..<4 { try measurement.add(noise(side: 12, seed: UInt64(seed))) }
  let statistics = try measurement.statistics()
  let held = try Preset.recommended(for: smallNetwork, layer: "c", statistics: statistics.prior)
  expect(held.regularizers.terms.count == 1, "measured statistics hold the picture")
}
