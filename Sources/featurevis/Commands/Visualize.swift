import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles
import RecipeLanguage

/// Draws what units look for.
struct Visualize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the pictures that units of a layer respond to most.",
    discussion: """
      Examples:
        featurevis visualize --units flamingo,fish+star --output pictures
        featurevis visualize googlenet.onnx --layer loss3/classifier --units 130,20,340
        featurevis visualize googlenet.onnx --layer inception_4c/3x3 --units 97 --position center
        featurevis visualize vit.onnx --layer block5/attention --head 3/12 --tokens 1..196 --units all
        featurevis visualize apple-counter --start scene.png --preset keras-vis --total-variation 0.03
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    parsing: .unconditional,
    help: """
      The layer: a name, or a position (-1 is the last). The scores of the classes, without their \
      softmax or sigmoid, unless given; of several outputs, those of the first that ends in one, or else of the first.
      """)
  var layer: String?

  @Option(
    help: """
      Units, by number or by the label of a class: 130,flamingo is a picture each, 1+zebra one \
      picture of both, all a picture for every unit. All of a network in the box unless given.
      """)
  var units: UnitGroups?

  @Option(
    help: ArgumentHelp(
      """
      Look at the units of a feature map at one position only, and draw what those neurons see: 6,3 is row 6, \
      column 3, from 0; or center.
      """, valueName: "row,column"))
  var position: MapPosition?

  @OptionGroup var attention: AttentionOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Further networks in which the same class is raised, found by its label: what several agree on is nobody's quirk. The \
      mean of the logarithms of the class's probabilities is raised.
      """, valueName: "networks"),
    completion: .file(
      extensions: ["onnx", "keras", "h5", "hdf5", "pth", "pt", "th", "safetensors"]))
  var with: [String] = []

  @OptionGroup(title: RecipeOptions.title) var recipe: RecipeOptions

  @OptionGroup var size: SizeOption

  @Option(
    help: ArgumentHelp(
      "A picture (.png, .jpg) to start from, instead of noise.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var start: String?

  @Option(
    help: ArgumentHelp(
      """
      From how many starts a unit that stays silent is tried to be raised by the value before its activation, beside natural \
      pictures and drawn scenes, before it is told to be dead; 0 leaves it as it is.
      """, valueName: "count"))
  var starts = 32

  @Flag(help: "Lower the units instead: fewer apples, say.")
  var negate = false

  @Flag(
    help: """
      Make a softmax or a sigmoid that makes an output linear first, which shows its classes better.
      """)
  var linear = false

  @Flag(help: "Compute every sum as it is written, by the BLAS library: slower, to compare with.")
  var plain = false

  @Flag(help: "Store the weights of dense layers in half precision: faster, a little less exact.")
  var half = false

  @Option(
    help: ArgumentHelp(
      "A file (.png, .jpg) for one picture, or a folder for any number; .npy for the numbers that the network takes.",
      valueName: "file-or-folder"))
  var output = "."

  @Option(
    help: ArgumentHelp(
      """
      The channels to show of an input that takes neither colours nor grey: three as red, green and blue, as in B4,B3,B2, \
      or one in grey; of a signal any number of curves. All of them unless given: in their colours where a sidecar gives \
      them some, or else side by side.
      """, valueName: "channels"))
  var show: ChannelNames?

  @Option(
    help: ArgumentHelp(
      "A contact sheet (.png, .jpg) of all pictures with their labels.", valueName: "file"))
  var sheet: String?

  @Flag(
    help:
      "Show in the sheet, beside each picture, the one that it began with: noise, or --photo or --start."
  )
  var before = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Further recipes to draw the same by: a row of the sheet for each, below that of --preset.",
      valueName: "recipes"), completion: .list(Recipe.presetNames))
  var compare: [String] = []

  @Option(help: ArgumentHelp("Where scores and losses go (.json).", valueName: "file"))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "The objective and the losses at every step as curves (.svg, .png, .jpg).", valueName: "file")
  )
  var plot: String?

  @OptionGroup(title: AnimationOptions.title) var animation: AnimationOptions

  @Option(
    name: .customLong("judge"), parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Networks that say of each picture whether they see the class in it, too; in the report with further figures. \
      'featurevis judge' judges pictures that are drawn already.
      """, valueName: "networks"),
    completion: .file(
      extensions: ["onnx", "keras", "h5", "hdf5", "pth", "pt", "th", "safetensors"]))
  var judges: [String] = []

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  private static let mostStarts = 4096

  func validate() throws {
    guard (0...Self.mostStarts).contains(starts) else {
      throw ValidationError("--starts \(starts) is not in 0...\(Self.mostStarts)")
    }
    if plain, half { throw ValidationError("--plain and --half exclude each other") }
    if position != nil, attention.part != nil {
      throw ValidationError("--position excludes --head and --tokens")
    }
    if !with.isEmpty, let option = optionBeyondClasses {
      throw ValidationError("--with raises a class of each network: leave \(option) out")
    }
    if before, sheet == nil {
      throw ValidationError("--before: say where the sheet goes (--sheet)")
    }
    if !compare.isEmpty, !with.isEmpty || recipe.recipe != nil {
      throw ValidationError("--compare excludes --with and --recipe")
    }
    if let name = compare.first(where: { !Recipe.presetNames.contains($0) }) {
      throw ValidationError(
        "--compare: '\(name)' is not one of \(Recipe.presetNames.joined(separator: ", "))")
    }
    if recipe.objective != nil, let option = optionOfUnits {
      throw ValidationError("--objective names its layers itself: leave \(option) out")
    }
  }

  func run() throws {
    let texts = try compared(try recipe.recipes()).map { try sizedByPhoto(completed($0)) }
    try refuseTwoTargets(texts)
    var subject = try file.load(with: preprocessing, inputs, size: size.extent)
    // A recipe that names an objective says itself whether outputs are made linear.
    let named = layer.map { LayerID(argument: $0, in: subject.network) }
    let id = named ?? subject.network.scoreLayer
    let isObjective = texts.allSatisfy { $0.objective != nil }
    if isObjective {
      if texts[0].linear ?? false { subject.network = try subject.network.makingLinear(for: nil) }
    } else {
      subject.network = try networkOfUnits(subject.network, named)
    }
    let joined =
      try with.isEmpty
      ? nil : JoinedClasses(subject, layer: id, file.path, with: with, memory: file.memory)
    if let joined { subject = joined.subject }
    let rendering = try PictureRendering(subject, showing: show?.names)
    if let note = subject.note(sized: size.extent) { progress.note(note) }
    let drawings =
      if let joined {
        try drawingsOfClasses(texts[0], joined)
      } else if isObjective {
        try texts.map { toldApart(try drawing(of: $0, in: subject)) }
      } else {
        try texts.prefix(compare.count + 1).flatMap {
          try drawingsOfUnits($0, of: id, in: subject).map(toldApart)
        }
      }
    let judging = try judges.isEmpty ? nil : DrawingJudges(judges, drawings, subject, file.memory)
    var plan = OutputPlan(reading: file, inputs)
    plan.reads(recipe.recipe, "--recipe")
    for text in texts {
      plan.reads(text.start, "--start")
      plan.reads(text.photo, "--photo")
      plan.reads(text.statistics, "--statistics")
    }
    let stems = drawings.flatMap { drawing in
      drawing.seeds.count == 1
        ? [drawing.stem] : drawing.seeds.indices.map { "\(drawing.stem)-\($0)" }
    }
    let outputs = try VisualizationOutputs(
      pictures: try OutputFile.pictures(at: output, stems: stems), sheet: sheet, report: report,
      plot: plot,
      animation: try AnimationOutputs(
        animation, of: drawings, stems: stems, form: subject.form,
        memoryLimit: file.memory?.bytes ?? Program.defaultMemoryLimit), plan: plan)
    try rendering.validate(outputs.pictures)
    // A drawing has a file for each of its pictures.
    let recipes = drawings.flatMap { drawing in drawing.seeds.map { _ in drawing.recipe } }
    for (file, recipe) in zip(outputs.pictures, recipes) {
      if let size = recipe.canvas ?? recipe.size {
        try file.checkRoom(
          forPicture: PictureExtent(height: size[0], width: size[1]),
          channels: subject.form.channels)
      }
    }
    // Classes of several networks are no units of one layer.
    let folder = joined == nil ? texts.lazy.compactMap(\.naturalPictures).first : nil
    if folder != nil, before || !compare.isEmpty {
      throw ValidationError(
        "--pictures FOLDER shows its pictures beside the drawn ones: leave out --before and --compare"
      )
    }
    let natural = try folder.map {
      try FolderExamples($0, of: id, drawings, for: subject, memory: file.memory?.bytes, progress)
    }
    // A picture that is interrupted is kept as it is by then.
    try Interruption.deferring {
      try draw(
        drawings, of: subject, as: rendering, beside: natural, judgedBy: judging, to: outputs)
    }
  }

  /// The recipes, with those that they are compared with.
  private func compared(_ texts: [Recipe]) -> [Recipe] {
    texts
      + compare.map { name in
        var other = texts[0]
        other.preset = name
        return other
      }
  }

  /// A drawing by the recipe's name, too, where there are several recipes.
  private func toldApart(_ drawing: Drawing) -> Drawing {
    compare.isEmpty ? drawing : drawing.named(by: drawing.recipe.presetName)
  }

  /// A recipe with what other options say.
  private func completed(_ text: Recipe) -> Recipe {
    var text = text
    if let extent = size.extent { text.size = [extent.height, extent.width] }
    if let start { text.start = start }
    if linear { text.linear = true }
    if negate { text.gradModifier = "negate" }
    // An objective that is written down later is of the same recipe.
    text.preset = text.presetName
    let suitable = text.preset == "lucid" ? file.embedded?.recommendedIterations : nil
    text.iterations = text.iterations ?? suitable
    return text
  }

  /// The network whose units are drawn: with linear outputs where those are asked for or meant.
  private func networkOfUnits(_ network: NeuralNetwork, _ named: LayerID?) throws
    -> NeuralNetwork
  {
    if named == nil { network.tellScoreOutput() }
    if linear { return try network.makingLinear(for: named) }
    // The classes' scores are meant, which a fused activation would hide.
    return named == nil ? try network.replacingFinalActivations() : network
  }

  /// A picture for each group of units.
  private func drawingsOfUnits(_ text: Recipe, of id: LayerID, in subject: PictureNetwork) throws
    -> [Drawing]
  {
    let network = subject.network
    var text = text
    // What is drawn again from a report has to have the same outputs.
    text.linear = linear || layer == nil
    let target = try Target(
      layer: id,
      units: units ?? (file.embedded == nil ? nil : .all), position: position,
      attention: attention, in: subject,
      extent: try PictureExtent(text.size, "size"), side: text.namedPreset?.side,
      memoryLimit: file.memory?.bytes)
    text.size = [target.extent.height, target.extent.width]
    let preset = try preset(
      text, context(of: text, target.extent, in: subject, layer: id), in: subject)
    return try target.groups.map { group in
      try Drawing(units: group, of: target, in: network, preset, text)
    }
  }

  /// The pictures of an objective.
  private func drawing(of text: Recipe, in subject: PictureNetwork) throws -> Drawing {
    let extent = try subject.pictureExtent(PictureExtent(text.size, "size"))
    // One for all of it: a picture that the objective and a prior compare with goes through the network once.
    let context = try context(of: text, extent, in: subject)
    let expression = text.objective ?? ""
    let objective = try Objective(expression, in: context)
    guard !objective.terms.isEmpty else { throw ToolError("--objective: it raises nothing") }
    var complete = text
    complete.size = [extent.height, extent.width]
    return Drawing(
      objective: objective, expression, try preset(complete, context, in: subject), complete)
  }

  /// The preset that a recipe describes.
  func preset(_ text: Recipe, _ context: RecipeContext, in subject: PictureNetwork) throws
    -> Preset
  {
    var preset = try Preset(text, in: context)
    if plain { preset.arithmetic = .plain }
    if half { preset.denseWeights = .float16 }
    preset.memoryLimit = file.memory?.bytes
    preset.heldInputs = subject.held
    return preset
  }
}
