import FeatureVisualization
import Foundation
import Galleries
import RecipeLanguage

/// Units of two layers as a site, by two workers.
func drawGallery() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  let network = smallNetwork
  var recipe = Recipe()
  recipe.iterations = 2

  let plan = try GalleryPlan(
    of: network, named: "small", recipe: recipe, layers: [LayerPattern("?")],
    units: UnitSelection("0..<2") ?? .all)
  let gallery = try Gallery(at: folder, plan: plan)
  let preset = try Preset(recipe, in: RecipeContext(network: network))
  let drawing = try GalleryDrawing(network, preset: preset)
  for number in 1...2 {
    if let shard = Shard(number, of: 2) { try gallery.draw(shard, by: drawing) }
  }
  try gallery.merge(of: network)
  let again = try gallery.draw(by: drawing)
  expect(again.drawn == 0 && again.kept == plan.units.count, "what is finished stays")
  expect(FileManager.default.fileExists(atPath: gallery.page.path), "there is a page")
}
