import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Draws what units look for.
struct Visualize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the pictures that units of a layer respond to most.",
    discussion: """
      Examples:
        featurevis visualize --units flamingo,fish+star --output pictures
        featurevis visualize googlenet.onnx --layer loss3/classifier --units 130,20,340
        featurevis visualize googlenet.onnx --layer inception_4c/3x3 --units 97 --position center
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

  @Option(
    help: ArgumentHelp(
      "The recipe: \(Preset.names.joined(separator: ", ")).", valueName: "recipe"),
    completion: .list(Preset.names))
  var preset = "lucid"

  @Option(
    help: ArgumentHelp(
      "Steps; what suits the network in the box, or else the recipe's number, unless given.",
      valueName: "count"))
  var steps: Int?

  @Option(help: ArgumentHelp("Fixes every random draw.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup var size: SizeOption

  @Option(
    help: ArgumentHelp(
      "How gradients pass activations, in place of the recipe's way: guided, rectified or redirected; "
        + "smoothed changes how they pass maximum pooling.",
      valueName: "rule"))
  var backprop: BackpropOption?

  @Option(
    help: ArgumentHelp(
      """
      Shift the picture by up to so many pixels in every step, in place of the recipe's \
      transformations.
      """, valueName: "pixels"))
  var jitter: Int?

  @Option(
    help: ArgumentHelp(
      "The weight of total variation on pixels of 0 to 255, in place of the recipe's.",
      valueName: "weight"))
  var totalVariation: Float?

  @Option(
    help: ArgumentHelp(
      "A picture (.png, .jpg) to start from, instead of noise.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var start: String?

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

  @Option(help: ArgumentHelp("Where scores and losses go (.json).", valueName: "file"))
  var report: String?

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    try validatePositive(steps, "--steps")
    if let jitter, !(0...16384).contains(jitter) {
      throw ValidationError("--jitter \(jitter) is not in 0…16,384")
    }
    if plain, half { throw ValidationError("--plain and --half exclude each other") }
    do { _ = try Preset.named(preset) } catch { throw ValidationError("\(error)") }
  }

  func run() throws {
    var recipe = try recipe()
    var subject = try file.load(with: preprocessing, inputs, size: size.extent)
    let named = layer.map { LayerID(argument: $0, in: subject.network) }
    let id = named ?? subject.network.scoreLayer
    if named == nil { subject.network.tellScoreOutput() }
    if linear {
      subject.network = try subject.network.makingLinear(for: named)
    } else if named == nil {
      // The classes' scores are meant, which a fused activation would hide.
      subject.network = try subject.network.replacingFinalActivations()
    }
    let rendering = try PictureRendering(subject, showing: show?.names)
    if let note = subject.note(sized: size.extent) { StandardStreams.printError("note: \(note)") }
    let target = try Target(
      layer: id, units: units ?? (file.embedded == nil ? nil : .all), position: position,
      in: subject, extent: size.extent, recipe: recipe, memoryLimit: file.memory?.bytes)
    var plan = OutputPlan(reading: file, inputs)
    plan.reads(start, "--start")
    let outputs = try VisualizationOutputs(
      pictures: try OutputFile.pictures(
        at: output, layer: target.layer, groups: target.groups, position: target.position),
      sheet: sheet, report: report, plan: plan)
    for file in outputs.pictures {
      try file.checkRoom(
        forPicture: target.extent,
        channels: subject.form.channels)
    }
    recipe.size = InputSize(height: target.extent.height, width: target.extent.width)
    recipe.heldInputs = subject.held
    recipe.start = try start.map { .picture(try subject.picture(in: $0, target.extent)) }
    // A picture that is interrupted is kept as it is by then.
    try Interruption.deferring {
      try draw(target, of: subject, recipe, as: rendering, to: outputs)
    }
  }

  private func recipe() throws -> Preset {
    var recipe = try Preset.named(preset)
    let suitable = preset == "lucid" ? file.embedded?.recommendedIterations : nil
    recipe.iterations = steps ?? suitable ?? recipe.iterations
    if let jitter { recipe.inputModifiers = [.jitter(jitter)] }
    if let totalVariation {
      recipe.regularizers.terms.removeAll { $0.loss is TotalVariation }
      recipe.regularizers = recipe.regularizers + totalVariation * TotalVariation()
    }
    if plain { recipe.arithmetic = .plain }
    if half { recipe.denseWeights = .float16 }
    recipe.memoryLimit = file.memory?.bytes
    if negate { recipe.gradModifier = .negate }
    if let backprop { recipe.backpropModifier = backprop.modifier }
    return recipe
  }
}
