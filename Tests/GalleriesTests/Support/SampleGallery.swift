import FeatureVisualization
import Foundation
import RecipeLanguage

@testable import Galleries

/// A small gallery in a folder of its own, gone when the test is.
final class SampleGallery {
  let folder: URL
  let network: NeuralNetwork
  let plan: GalleryPlan
  let preset: Preset

  init(
    _ network: NeuralNetwork, layers: [String] = [], units: UnitSelection = .all,
    recipe: Recipe = SampleGallery.recipe
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "GalleriesTests-\(UUID().uuidString)", directoryHint: .isDirectory)
    self.network = network
    plan = try GalleryPlan(
      of: network, named: "sample", recipe: recipe, layers: layers.map { LayerPattern($0) },
      units: units)
    preset = try Preset(recipe, in: RecipeContext(network: network))
  }

  convenience init() throws { try self.init(SampleNetwork.classifier()) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Three steps of lucid.
  static var recipe: Recipe {
    var recipe = Recipe()
    recipe.iterations = 3
    recipe.size = [SampleNetwork.side, SampleNetwork.side]
    return recipe
  }

  func gallery() throws(GalleryError) -> Gallery { try Gallery(at: folder, plan: plan) }

  func drawing(batch: Int = 4) throws -> GalleryDrawing {
    try GalleryDrawing(network, preset: preset, batch: batch)
  }

  @discardableResult
  func draw(_ shard: Shard = .whole, batch: Int = 4) throws -> GallerySummary {
    try gallery().draw(shard, by: drawing(batch: batch))
  }

  func merge() throws { try gallery().merge(of: network) }

  /// Draws and merges.
  func finish(batch: Int = 4) throws {
    try draw(batch: batch)
    try merge()
  }

  func file(_ path: String) -> URL { folder.appending(path: path) }

  /// The journal of the worker that draws everything.
  var journal: URL { GalleryPaths(folder: folder).journal(of: .whole) }

  /// The files of the merged site with their bytes.
  var site: [String: Data] {
    get throws {
      var site: [String: Data] = [:]
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where !path.hasPrefix("work") {
        site[path] = (try? Data(contentsOf: file(path))) ?? Data()
      }
      return site
    }
  }
}
