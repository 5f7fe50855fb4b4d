import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Draws what units look for.
struct Visualize: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the pictures that units of a layer respond to most.",
    discussion: "Example: featurevis visualize googlenet.onnx --layer loss3/classifier --units 130,20,340")

  @OptionGroup var options: NetworkOptions

  @Option(help: "The layer: a name, or a position (-1 is the last).")
  var layer: String

  @Option(help: "Units: 130,20 is a picture each, 1+7 one picture of both.")
  var units: UnitGroups

  @Option(help: "The recipe: \(Preset.names.joined(separator: ", ")).")
  var preset = "lucid"

  @Option(help: "Steps; the recipe's number unless given.")
  var steps: Int?

  @Option(help: "The seed that fixes every random draw.")
  var seed: UInt64 = 0

  @Option(help: "The side of the picture; what the network declares unless given.")
  var size: Int?

  @Option(help: "Shift the picture by up to so many pixels in every step, in place of the recipe's transformations.")
  var jitter: Int?

  @Option(help: "The weight of total variation on pixels of 0…255, in place of the recipe's regularizers.")
  var totalVariation: Float?

  @Flag(help: "Make the final softmax linear first.")
  var linear = false

  @Option(help: "A file (.png, .jpg) for one picture, or a folder.")
  var output = "."

  @Option(help: "Where scores and losses go (.json).")
  var report: String?

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be positive") }
    do { _ = try Preset.named(preset) } catch { throw ValidationError("\(error)") }
  }

  func run() throws {
    var network = try options.load(needsSpecification: true)
    if linear { network = try network.replacingFinalSoftmax() }
    let id = LayerID(argument: layer, in: network)
    let name = try network.layer(id).name
    let files = try OutputFiles(output, layer: name, groups: units.groups)
    if let report { try OutputFiles.checkWritable(URL(fileURLWithPath: report)) }
    var entries: [VisualizationReport.Entry] = []
    for (group, file) in zip(units.groups, files.urls) {
      let title = "\(name) \(group.map(String.init).joined(separator: "+"))"
      let start = ContinuousClock.now
      let visualization = try visualize(network, id, group, title)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      try files.prepare()
      try PictureFile(file).write(visualization.picture(0))
      for warning in visualization.warnings { printToStandardError("warning: \(warning)") }
      print("\(file.relativePath)  score \(visualization.scores[0].fixed(2))")
      entries.append(
        .init(visualization, layer: name, units: group, file: file.relativePath, seconds: seconds))
    }
    if let report {
      let content = VisualizationReport(
        network: options.network, preset: preset, seed: seed, pictures: entries)
      try JSONOutput.data(content).write(to: URL(fileURLWithPath: report), options: .atomic)
    }
  }

  private func visualize(_ network: NeuralNetwork, _ id: LayerID, _ group: [Int], _ title: String)
    throws -> Visualization
  {
    var recipe = try Preset.named(preset)
    if let jitter { recipe.inputModifiers = [.jitter(jitter)] }
    if let totalVariation {
      recipe.regularizers.removeAll { $0.loss is TotalVariation }
      recipe.regularizers.append(totalVariation * TotalVariation())
    }
    var bar = ProgressBar(title)
    return try network.visualizeActivation(
      of: id, units: group, preset: recipe, height: size, width: size, iterations: steps,
      seed: seed
    ) { progress in
      bar.show(
        progress.completed, of: progress.total,
        "objective \((progress.record.objectives.first ?? 0).fixed(2))")
      return .proceed
    }
  }
}
