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
      softmax, unless given.
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

  @Option(
    help: ArgumentHelp(
      "The side of the picture; what the recipe or the network says unless given.",
      valueName: "pixels"))
  var size: Int?

  @Option(
    help: ArgumentHelp(
      """
      Shift the picture by up to so many pixels in every step, in place of the recipe's \
      transformations.
      """, valueName: "pixels"))
  var jitter: Int?

  @Option(
    help: ArgumentHelp(
      "The weight of total variation on pixels of 0…255, in place of the recipe's.",
      valueName: "weight"))
  var totalVariation: Float?

  @Option(
    help: ArgumentHelp(
      "A picture (.png, .jpg) to start from, instead of noise.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var start: String?

  @Flag(help: "Lower the units instead: fewer apples, say.")
  var negate = false

  @Flag(help: "Make the final softmax linear first, which shows its classes better.")
  var linear = false

  @Flag(help: "Compute every sum as it is written, by the BLAS library: slower, to compare with.")
  var plain = false

  @Flag(help: "Store the weights of dense layers in half precision: faster, a little less exact.")
  var half = false

  @Option(
    help: ArgumentHelp(
      "A file (.png, .jpg) for one picture, or a folder.", valueName: "file-or-folder"))
  var output = "."

  @Option(
    help: ArgumentHelp(
      "A contact sheet (.png, .jpg) of all pictures with their labels.", valueName: "file"))
  var sheet: String?

  @Option(help: ArgumentHelp("Where scores and losses go (.json).", valueName: "file"))
  var report: String?

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  func validate() throws {
    try validatePositive(steps, "--steps")
    try validatePositive(size, "--size")
    if let jitter, jitter < 0 { throw ValidationError("--jitter \(jitter) is negative") }
    do { _ = try Preset.named(preset) } catch { throw ValidationError("\(error)") }
  }

  func run() throws {
    let recipe = try recipe()
    let loaded = try file.load(with: preprocessing)
    let id = layer.map { LayerID(argument: $0, in: loaded) } ?? loaded.scoreLayer
    // Where no layer is named the classes' scores are meant, which a fused softmax would hide.
    let network = linear || layer == nil ? try loaded.replacingFinalSoftmax() : loaded
    let target = try Target(
      layer: id, units: units ?? (file.embedded == nil ? nil : .all), position: position,
      in: network,
      side: size ?? recipe.side)
    let files = try OutputFile.pictures(
      at: output, layer: target.layer, groups: target.groups, position: target.position)
    let sheetFile = try sheet.map(OutputFile.init)
    let reportFile = try report.map(OutputFile.init)
    let startingPicture = try startingPicture(for: network, recipe)
    var bar = ProgressBar(pictures: target.groups.count)
    var entries: [VisualizationReport.Entry] = []
    var pictures: [Tensor] = []
    for (group, file) in zip(target.groups, files) {
      let start = ContinuousClock.now
      let title = "\(target.layer) \(target.name(of: group))"
      let visualization = try network.visualizeActivation(
        of: .name(target.layer), units: group, at: position, preset: recipe, height: size,
        width: size,
        seed: seed, startingPicture: startingPicture
      ) { progress in
        bar.show(progress, title: title)
        return .proceed
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      for warning in visualization.warnings { show(warning) }
      try file.makeFolder()
      try PictureFile(file.url).write(visualization.picture(0))
      bar.clear()
      print("\(file.path)  score \(visualization.scores[0].short)")
      pictures.append(visualization.picture(0))
      entries.append(
        .init(
          visualization, layer: target.layer, units: try group.map(network.unit),
          position: target.position, file: file.path, seconds: seconds))
    }
    if let sheetFile {
      try sheetFile.makeFolder()
      let captions = target.groups.map(target.name)
      try PictureFile(sheetFile.url).write(ContactSheet(pictures, captions: captions).picture)
      print(sheetFile.path)
    }
    try reportFile?.write(
      VisualizationReport(network: self.file.path, preset: preset, seed: seed, pictures: entries))
  }

  private func recipe() throws -> Preset {
    var recipe = try Preset.named(preset)
    let suitable = preset == "lucid" ? file.embedded?.recommendedIterations : nil
    recipe.iterations = steps ?? suitable ?? recipe.iterations
    if let jitter { recipe.inputModifiers = [.jitter(jitter)] }
    if let totalVariation {
      recipe.regularizers.removeAll { $0.loss is TotalVariation }
      recipe.regularizers.append(totalVariation * TotalVariation())
    }
    if plain { recipe.arithmetic = .plain }
    if half { recipe.denseWeights = .float16 }
    if negate { recipe.gradModifier = .negate }
    return recipe
  }

  /// The picture to start from, scaled and cut to what is drawn.
  private func startingPicture(for network: NeuralNetwork, _ recipe: Preset) throws -> Tensor? {
    guard let start else { return nil }
    guard let input = network.inputs.first,
      let shape = try network.exampleInputShapes(side: size ?? recipe.side)[input.name],
      shape.count == 4
    else { throw ToolError("\(file.path): its input is no picture") }
    return try PictureFile(URL(fileURLWithPath: start))
      .read(input.specification?.channelOrder == .gray ? .gray : .rgb)
      .resizedToFill(height: shape[1], width: shape[2])
  }

  private func show(_ warning: VisualizationWarning) {
    var hint = ""
    if case .softmaxKept = warning { hint = " (--linear does)" }
    printToStandardError("warning: \(warning)\(hint)")
  }
}
