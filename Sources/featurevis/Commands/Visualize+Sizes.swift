import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles
import RecipeLanguage

extension Visualize {
  /// The first option that says which units of a layer are drawn.
  var optionOfUnits: String? {
    if layer != nil { return "--layer" }
    if units != nil { return "--units" }
    if position != nil { return "--position" }
    if !with.isEmpty { return "--with" }
    return attention.part != nil ? "--head and --tokens" : nil
  }

  /// Refuses a recipe that says what is raised where options say it, too.
  func refuseTwoTargets(_ texts: [Recipe]) throws {
    guard let option = optionOfUnits,
      let objective = texts.lazy.compactMap(\.objective).first(where: { !$0.isEmpty })
    else { return }
    throw ToolError(
      "--recipe \(recipe.recipe ?? "") raises '\(objective)', and \(option) says something else: leave one of them out"
    )
  }

  /// A recipe that says how large its pictures are where its photo does.
  func sizedByPhoto(_ text: Recipe) throws -> Recipe {
    guard let path = text.photo, text.canvas == nil, text.isAccentuation || text.size == nil
    else { return text }
    let shape = try PictureFile(URL(fileURLWithPath: path)).read().shape
    var text = text
    // Accentuation shows the network boxes of the photo, octaves are seen whole.
    if text.isAccentuation {
      text.canvas = [shape[1], shape[2]]
    } else {
      text.size = [shape[1], shape[2]]
    }
    return text
  }

  /// What expressions are read with: the files that they name become as large as what is drawn.
  ///
  /// - Parameters:
  ///   - seen: the size of what the network sees.
  ///   - layer: the layer whose units are drawn, where the recipe does not say it.
  func context(
    of text: Recipe, _ seen: PictureExtent, in subject: PictureNetwork, layer: LayerID? = nil
  ) throws -> RecipeContext {
    let canvas = text.namedPreset?.canvas.map { PictureExtent(height: $0.height, width: $0.width) }
    let drawn = try PictureExtent(text.canvas, "canvas") ?? canvas ?? seen
    return RecipeContext(
      network: subject.network, files: NamedFiles(subject: subject, extent: drawn), layer: layer)
  }
}

extension Recipe {
  /// The preset that it names, where that is one without a photo.
  var namedPreset: Preset? { try? .named(presetName) }
}
