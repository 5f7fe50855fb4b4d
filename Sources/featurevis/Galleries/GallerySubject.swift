import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Galleries
import RecipeLanguage

/// What a gallery is of: a network whose outputs are linear, and the recipe that its units are drawn by.
struct GallerySubject {
  private let subject: PictureNetwork
  private let name: String
  private let memory: Int?
  /// The recipe with all that the command line and the network add to it.
  private let recipe: Recipe
  /// The size of what is drawn, which files that the recipe names are made fit for.
  private let drawn: PictureExtent

  /// - Throws: `ToolError` where there is more than one recipe; what reading the network and the recipe throws.
  init(
    _ file: NetworkFile, _ preprocessing: PreprocessingOptions, _ inputs: InputOptions,
    size: PictureExtent?, recipe recipes: [Recipe]
  ) throws {
    guard recipes.count == 1, var recipe = recipes.first else {
      throw ToolError("--recipe: a gallery has one recipe, and this file has \(recipes.count)")
    }
    // Thousands of units are not drawn in half a minute each.
    recipe.preset = recipe.preset ?? "lucid"
    for (value, name) in [
      (recipe.naturalPictures, "--pictures"), (recipe.statistics, "--statistics"),
    ] where value != nil {
      throw ToolError(
        "\(name): a gallery draws by what its plan keeps, and neither folders nor statistics are in it; 'visualize' takes them"
      )
    }
    let declared = try PictureExtent(recipe.size, "size")
    var subject = try file.load(with: preprocessing, inputs, size: size ?? declared)
    // Scores are shown rather than probabilities, which rise also where other classes fall.
    subject.network = try subject.network.replacingFinalActivations()
    let named = try Preset.named(recipe.isAccentuation ? "lucid" : recipe.presetName)
    let side = named.side.map { PictureExtent(height: $0, width: $0) }
    let extent =
      try (try? subject.pictureExtent(size ?? declared))
      ?? subject.pictureExtent(size ?? declared ?? side)
    recipe.size = [extent.height, extent.width]
    recipe.linear = true
    if named.name == "lucid" {
      recipe.iterations = recipe.iterations ?? file.embedded?.recommendedIterations
    }
    drawn = try PictureExtent(recipe.canvas, "canvas") ?? extent
    memory = file.memory?.bytes
    (self.subject, self.recipe) = (subject, recipe)
    name = NetworkFile.stem(of: file.path)
  }

  /// A plan, and how it is drawn.
  func prepare(
    layers: [LayerPattern], units: UnitSelection, batch: Int
  ) throws -> (plan: GalleryPlan, drawing: GalleryDrawing) {
    let files = RecordedFiles(NamedFiles(subject: subject, extent: drawn))
    var preset = try Preset(recipe, in: RecipeContext(network: subject.network, files: files))
    (preset.memoryLimit, preset.heldInputs) = (memory, subject.held)
    let rendering = try PictureRendering(subject, showing: nil)
    let drawing = try GalleryDrawing(subject.network, preset: preset, batch: batch) {
      try rendering.visible($0)
    }
    let plan = try GalleryPlan(
      of: subject.network, named: name, recipe: recipe, files: files.digests, layers: layers,
      units: units, heldInputs: subject.held)
    return (plan, drawing)
  }

  /// Makes the site, and says where it is.
  func merge(_ gallery: Gallery, _ progress: ProgressOptions) throws {
    var line: CountLine?
    try gallery.merge(of: subject.network, heldInputs: subject.held, memoryLimit: memory) {
      done, total in
      if line == nil { line = CountLine("comparing responses to pictures", of: total, progress) }
      line?.show(done)
    }
    line?.clear()
    progress.tellMade(gallery.page.relativePath)
  }
}
