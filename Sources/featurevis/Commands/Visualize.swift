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
      Example: featurevis visualize googlenet.onnx --layer loss3/classifier --units 130,20,340
      """)

  @OptionGroup var file: NetworkFile

  @Option(parsing: .unconditional, help: "The layer: a name, or a position (-1 is the last).")
  var layer: String

  @Option(help: "Units: 130,20 is a picture each, 1+7 one picture of both.")
  var units: UnitGroups

  @Option(
    help: ArgumentHelp(
      "The recipe: \(Preset.names.joined(separator: ", ")).", valueName: "recipe"),
    completion: .list(Preset.names))
  var preset = "lucid"

  @Option(help: ArgumentHelp("Steps; the recipe's number unless given.", valueName: "count"))
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

  @Flag(help: "Make the final softmax linear first, which shows its classes better.")
  var linear = false

  @Option(
    help: ArgumentHelp(
      "A file (.png, .jpg) for one picture, or a folder.", valueName: "file-or-folder"))
  var output = "."

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
    var network = try file.load(with: preprocessing)
    if linear { network = try network.replacingFinalSoftmax() }
    let id = LayerID(argument: layer, in: network)
    let name = try checkUnits(of: id, in: network, side: size ?? recipe.side)
    let files = try OutputFile.pictures(at: output, layer: name, groups: units.groups)
    let reportFile = try report.map(OutputFile.init)
    var entries: [VisualizationReport.Entry] = []
    for (group, file) in zip(units.groups, files) {
      let start = ContinuousClock.now
      var bar = ProgressBar("\(name) \(group.map(String.init).joined(separator: "+"))")
      let visualization = try network.visualizeActivation(
        of: id, units: group, preset: recipe, height: size, width: size, seed: seed
      ) { progress in
        bar.show(progress)
        return .proceed
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      for warning in visualization.warnings { show(warning) }
      try file.makeFolder()
      try PictureFile(file.url).write(visualization.picture(0))
      print("\(file.path)  score \(visualization.scores[0].short)")
      entries.append(
        .init(visualization, layer: name, units: group, file: file.path, seconds: seconds))
    }
    try reportFile?.write(
      VisualizationReport(network: self.file.path, preset: preset, seed: seed, pictures: entries))
  }

  private func recipe() throws -> Preset {
    var recipe = try Preset.named(preset)
    if let steps { recipe.iterations = steps }
    if let jitter { recipe.inputModifiers = [.jitter(jitter)] }
    if let totalVariation {
      recipe.regularizers.removeAll { $0.loss is TotalVariation }
      recipe.regularizers.append(totalVariation * TotalVariation())
    }
    return recipe
  }

  /// The layer's name, once all units are known to exist: a picture made before an error is a surprise.
  private func checkUnits(of id: LayerID, in network: NeuralNetwork, side: Int?) throws -> String {
    let program = try Program(
      network, inputShapes: try network.exampleInputShapes(side: side), taps: [id],
      options: .init(differentiatedInputs: []))
    let tap = program.taps[0]
    for unit in units.groups.joined() where unit >= tap.unitCount {
      throw NetworkError.unitOutOfRange(unit: unit, layer: tap.layer, count: tap.unitCount)
    }
    return tap.layer
  }

  private func show(_ warning: VisualizationWarning) {
    var hint = ""
    if case .softmaxKept = warning { hint = " (--linear does)" }
    printToStandardError("warning: \(warning)\(hint)")
  }
}
