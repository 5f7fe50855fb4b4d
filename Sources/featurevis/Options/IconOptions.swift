import ArgumentParser
import ConvolutionalNetworks
import FeatureGroups
import FeatureVisualization
import RecipeLanguage

/// How pictures of directions are drawn, on command lines that draw many.
struct IconOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Pictures that are drawn"

  @Option(
    help: ArgumentHelp(
      "The recipe: \(Preset.names.joined(separator: ", ")). lucid unless given.",
      valueName: "recipe"),
    completion: .list(Preset.names))
  var preset: String?

  @Option(
    help: ArgumentHelp(
      "Steps; what suits the network in the box, or else 128, unless given.", valueName: "count"))
  var steps: Int?

  @Option(help: ArgumentHelp("Fixes every random draw.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "How many pictures are drawn at once: more take more memory.", valueName: "count"))
  var batch = 8

  /// Steps that are enough for a small picture, as atlases take.
  private static let usualSteps = 128

  func validate() throws {
    try validatePositive(steps, "--steps")
    try validatePositive(batch, "--batch", limit: 1024)
    if let preset {
      do { _ = try Preset.named(preset) } catch { throw ValidationError("\(error)") }
    }
  }

  /// The recipe, for pictures of a size.
  func recipe(for file: NetworkFile, _ subject: PictureNetwork, _ extent: PictureExtent?) throws
    -> Preset
  {
    var recipe = try Preset.named(preset ?? "lucid")
    let usual =
      preset == nil ? file.embedded?.recommendedIterations ?? Self.usualSteps : recipe.iterations
    recipe.iterations = steps ?? usual
    if let extent { recipe.size = InputSize(height: extent.height, width: extent.width) }
    recipe.memoryLimit = file.memory?.bytes
    recipe.heldInputs = subject.held
    return recipe
  }
}

extension IconOptions {
  /// Draws directions over a layer's units, and shows how far that is; an interruption ends it within a step.
  func draw(
    _ directions: [[Float]], of layer: LayerID, by similarity: Direction.Similarity,
    at position: MapPosition? = nil, whitening: Whitening? = nil, recipe: Preset,
    side: Int? = nil, in network: NeuralNetwork, title: String,
    _ options: ProgressOptions
  ) throws -> DirectionPictures {
    var bar = ProgressBar(pictures: (directions.count + batch - 1) / batch, options)
    let drawn = try network.visualizeDirections(
      directions, of: layer, by: similarity, at: position, whitening: whitening, preset: recipe,
      side: side, batch: batch, seed: seed
    ) { progress in
      let last = min(progress.pictureCount, progress.finishedPictures + batch)
      bar.show(
        progress.batch,
        title: "\(title) \(progress.finishedPictures + 1)…\(last) of \(progress.pictureCount)")
      if Interruption.isPending { progress.batch.stop() }
    }
    bar.clear()
    if drawn.isCancelled {
      StandardStreams.printError(
        "interrupted: \(drawn.scores.count) of \(directions.count) pictures are drawn, the last ones not to the end"
      )
    }
    for warning in Set(drawn.warnings.map(\.description)).sorted() {
      StandardStreams.printError("warning: \(warning)")
    }
    return drawn
  }
}
