import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import Galleries
import RecipeLanguage

/// Draws the units of a gallery that are missing, and merges it where it is complete.
struct GalleryDraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw the units that are missing; the default.")

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      """
      The layers, by names or patterns: 'conv*,inception_4a/output'. * stands for any signs, slashes too, and ? for one. \
      All convolutions and dense layers unless given.
      """, valueName: "patterns"))
  var layers: String?

  @Option(
    help: ArgumentHelp(
      "Which units of each layer: 0..<64, 0...9,130 or all. All unless given.", valueName: "units"))
  var units: UnitSelection = .all

  @OptionGroup(title: RecipeOptions.title) var recipe: RecipeOptions

  @OptionGroup var size: SizeOption

  @Option(
    help: ArgumentHelp(
      "The folder of the site: a new or an empty one, or one with this gallery.",
      valueName: "folder"),
    completion: .directory)
  var output: String

  @Option(
    help: ArgumentHelp(
      """
      Draw only a part of the units: 3/8 is the third of eight. auto takes the part of a task of a Slurm array, auto/8 that of a \
      pod of an indexed Kubernetes job.
      """, valueName: "part"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "How many units of a layer are drawn at once, if memory allows. No picture depends on it.",
      valueName: "count"))
  var batch = 8

  @Flag(
    help: """
      Take the folder for this gallery even where it was drawn by another network, recipe, version or instruction set, or \
      has other units: what no longer holds is drawn anew.
      """)
  var refresh = false

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    try validatePositive(batch, "--batch", limit: 4096)
    if recipe.objective != nil {
      throw ValidationError(
        "--objective: a gallery draws units; say them with --layers and --units")
    }
    if recipe.pictures?.count != nil {
      throw ValidationError("--pictures: each unit has one picture")
    }
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let shard = try self.shard.map { try Shard($0, environment: environment) } ?? .whole
    let subject = try GallerySubject(
      file, preprocessing, inputs, size: size.extent, recipe: recipe.recipes())
    let patterns = (layers ?? "").split(separator: ",").map {
      LayerPattern($0.trimmingCharacters(in: .whitespaces))
    }
    let (plan, drawing) = try subject.prepare(layers: patterns, units: units, batch: batch)
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    let gallery = try Gallery(at: folder, plan: plan, refreshing: refresh)
    // What is being written when the user interrupts is written to its end.
    try Interruption.deferring {
      let report = GalleryProgress(progress)
      let summary = try gallery.draw(
        shard, by: drawing, onEvent: report.show, while: { !Interruption.isPending })
      report.end(summary)
      guard !Interruption.isPending else {
        StandardStreams.printError(
          "interrupted: \(summary.remaining.grouped) units are left; the same command goes on")
        return
      }
      if !summary.failures.contains(where: { !$0.isFinal }), shard.count == 1 {
        try subject.merge(gallery, progress)
      }
      if !summary.failures.isEmpty {
        throw ToolError("\(summary.failures.count.grouped) units have no picture")
      }
    }
  }
}
