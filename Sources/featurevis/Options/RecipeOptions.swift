import ArgumentParser
import FeatureVisualization
import Foundation
import RecipeLanguage

/// How pictures are drawn, on a command line: a preset or a file, and what is said here in place of its parts.
struct RecipeOptions: ParsableArguments {
  /// The heading in help.
  static let title = "Recipe ('featurevis words' lists the words of expressions)"

  @Option(
    help: ArgumentHelp(
      """
      The recipe: \(Recipe.presetNames.joined(separator: ", ")). Unless given, the recommended one, which looks at the network; \
      lucid for an objective, for octaves of a photo and for galleries.
      """,
      valueName: "recipe"),
    completion: .list(Recipe.presetNames))
  var preset: String?

  @Flag(help: "A picture in seconds rather than the best: the same as --preset quick.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "A recipe in a file (.json), or a report, whose pictures are drawn again.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var recipe: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What is raised, in place of units of a layer: \"channel(conv2, 3) - 0.5 * channel(conv2, 7)\".",
      valueName: "expression"))
  var objective: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Priors in place of the recipe's: \"1e-3 * total-variation\"; \"\" for none.",
      valueName: "expression"))
  var prior: String?

  @Option(
    help: ArgumentHelp(
      "Transformations in place of the recipe's: \"padding(12), crop(8)\"; \"\" for none.",
      valueName: "list"))
  var transform: String?

  @Option(
    help: ArgumentHelp(
      "What the optimizer changes: \"fourier(decay: 1.5)\".", valueName: "expression"))
  var parameterization: String?

  @Option(
    help: ArgumentHelp(
      "Changes of the picture after each step, in place of the recipe's: \"decay(0.01)\"; \"\" for none.",
      valueName: "list"))
  var projection: String?

  @Option(
    help: ArgumentHelp(
      "How the objective's gradient is changed: absolute; \"\" for not at all.",
      valueName: "expression"))
  var gradModifier: String?

  @Option(
    help: ArgumentHelp(
      """
      How gradients pass activations, in place of the recipe's way: guided, rectified or redirected; smoothed changes \
      how they pass maximum pooling.
      """, valueName: "expression"))
  var backprop: String?

  @Option(
    help: ArgumentHelp("How a gradient becomes a step: \"adam(0.05)\".", valueName: "expression"))
  var optimizer: String?

  @Option(
    help: ArgumentHelp(
      "The rate of the optimizer at each step: \"cosine(0.1, warm-up: 20)\".",
      valueName: "expression"))
  var schedule: String?

  @Option(
    help: ArgumentHelp(
      "Steps; the recipe's number unless given, or with lucid what suits a network in the box.",
      valueName: "count"))
  var steps: Int?

  @Option(
    help: ArgumentHelp(
      "How often each step shows the picture to the network, transformed anew each time.",
      valueName: "count"))
  var views: Int?

  @Option(
    help: ArgumentHelp(
      "The size of a picture that is not as large as what the network sees: 512, or 512x768.",
      valueName: "pixels"))
  var canvas: PictureExtent?

  @Option(
    help: ArgumentHelp(
      """
      A photo (.png, .jpg) to draw on: accentuation changes its spectrum, other recipes go through octaves of it. As large as \
      it is, unless --canvas or --size says otherwise.
      """, valueName: "photo"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var photo: String?

  @Option(
    help: ArgumentHelp(
      "How many octaves of the photo are drawn on, up to its size; 4 unless given.",
      valueName: "count"))
  var octaves: Int?

  @Option(
    help: ArgumentHelp(
      "The ratio of an octave's sides to those of the one before; 1.4 unless given.",
      valueName: "ratio"))
  var octaveFactor: Float?

  @Option(
    help: ArgumentHelp(
      """
      A folder of natural pictures (.png, .jpg): the picture is drawn in their colours and with their spectrum, silent units are \
      climbed from them, and --sheet shows those that each unit responds to most. Or a number: how many pictures an \
      objective is raised in at once; diversity(conv2) wants several.
      """, valueName: "folder-or-count"),
    completion: .directory)
  var pictures: PicturesOption?

  @Option(
    help: ArgumentHelp(
      """
      What the network's layers are like for natural pictures (.json), which the picture is held near: 'featurevis statistics' \
      measures it.
      """, valueName: "file"),
    completion: .file(extensions: ["json"]))
  var statistics: String?

  @Option(
    help: ArgumentHelp("Fixes every random draw; 0 unless given.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Shift the picture by up to so many pixels: short for --transform \"jitter(8)\".",
      valueName: "pixels"))
  var jitter: Int?

  @Option(
    help: ArgumentHelp(
      "The weight of total variation on pixels of 0 to 255, in place of the recipe's.",
      valueName: "weight"))
  var totalVariation: Float?

  /// The most pictures of a batch.
  private static let mostPictures = 4096

  func validate() throws {
    try validatePositive(steps, "--steps")
    try validatePositive(views, "--views")
    try validatePositive(pictures?.count, "--pictures", limit: Self.mostPictures)
    try validatePositive(octaves, "--octaves")
    if let jitter, !(0...16384).contains(jitter) {
      throw ValidationError("--jitter \(jitter) is not in 0…16,384")
    }
    if jitter != nil, transform != nil {
      throw ValidationError("--jitter is a transformation: say it in --transform")
    }
    if let totalVariation, !totalVariation.isFinite {
      throw ValidationError("--total-variation \(totalVariation) is not a finite number")
    }
    if totalVariation != nil, prior != nil {
      throw ValidationError("--total-variation is a prior: say it in --prior")
    }
    let context = RecipeContext()
    do {
      if let backprop, !backprop.isEmpty { _ = try context.backpropModifier(backprop) }
      if let optimizer { _ = try context.optimizer(optimizer) }
      if let schedule { _ = try context.schedule(schedule) }
    } catch { throw ValidationError("\(error)") }
    if quick, preset != nil { throw ValidationError("--quick and --preset exclude each other") }
    if let preset, !Recipe.presetNames.contains(preset) {
      throw ValidationError(
        "--preset: '\(preset)' is not one of \(Recipe.presetNames.joined(separator: ", "))")
    }
  }

  /// What is said on the command line.
  private var said: Recipe {
    var recipe = Recipe()
    (recipe.preset, recipe.objective, recipe.prior) = (quick ? "quick" : preset, objective, prior)
    recipe.transform = jitter.map { "jitter(\($0))" } ?? transform
    (recipe.parameterization, recipe.projection) = (parameterization, projection)
    (recipe.gradModifier, recipe.backprop) = (gradModifier, backprop)
    (recipe.optimizer, recipe.schedule) = (optimizer, schedule)
    (recipe.iterations, recipe.views, recipe.pictures) = (steps, views, pictures?.count)
    (recipe.naturalPictures, recipe.statistics) = (pictures?.folder, statistics)
    recipe.canvas = canvas.map { [$0.height, $0.width] }
    (recipe.photo, recipe.octaves, recipe.octaveFactor) = (photo, octaves, octaveFactor)
    (recipe.totalVariation, recipe.seed) = (totalVariation, seed)
    return recipe
  }

  /// The recipes of the file with what is said on the command line; one where there is no file.
  ///
  /// - Throws: `ToolError` where the file holds no recipe.
  func recipes() throws -> [Recipe] {
    guard let recipe else { return [said] }
    return try RecipeFile(recipe).recipes.map { $0.overridden(by: said) }
  }
}
