import FeatureVisualization
import RecipeLanguage
import Testing

@testable import Galleries

/// A gallery raises of a unit what its recipe says, as `visualizeActivation` does.
struct UnitObjectiveTests {
  @Test("a recipe that makes classes likely draws the pictures that it draws outside of galleries")
  func likelihood() throws {
    let network = try SampleNetwork.classifier()
    let position = network.layers.count - 1
    var preset = Preset.lucid.with(\.iterations, 3)
    preset.unitObjective = .likelihood(activationShare: 0.5)
    let unit = GalleryUnit(layer: network.layers[position].name, unit: 1)
    let drawn = try GalleryDrawing(network, preset: preset).pictures(
      of: [unit], at: position, seeds: [7], onProgress: { _ in })
    let alone = try network.visualizeActivation(
      of: .position(position), units: 1, preset: preset, seed: 7)
    #expect(drawn.scores == alone.scores)
    #expect(drawn.pictures == alone.pictures)
  }
}
