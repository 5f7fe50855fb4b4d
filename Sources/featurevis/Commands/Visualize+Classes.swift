import ConvolutionalNetworks
import FeatureVisualization
import RecipeLanguage

extension Visualize {
  /// The first option that says something else than classes, which `--with` raises.
  var optionBeyondClasses: String? {
    if layer != nil { return "--layer" }
    if position != nil { return "--position" }
    if attention.part != nil { return "--head and --tokens" }
    if recipe.objective != nil { return "--objective" }
    return inputs.hold.isEmpty ? nil : "--hold"
  }

  /// A picture for each class, which all networks are asked for.
  func drawingsOfClasses(_ text: Recipe, _ joined: JoinedClasses) throws -> [Drawing] {
    guard let units = units ?? (file.embedded == nil ? nil : .all) else {
      throw ToolError("say which classes: --units zebra,flamingo")
    }
    let subject = joined.subject
    var text = text
    let extent = try subject.pictureExtent(PictureExtent(text.size, "size"))
    text.size = [extent.height, extent.width]
    let context = try context(of: text, extent, in: subject)
    let preset = try preset(text, context, in: subject)
    return try joined.classes(units).map {
      try joined.drawing(of: $0, text, preset, in: context)
    }
  }
}
