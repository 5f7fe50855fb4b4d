import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NaturalExamples
import PictureFiles

/// Finds the pictures of a folder that units respond to most.
struct Examples: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the pictures of a folder that units of a layer respond to most.",
    discussion: """
      A picture counts with a unit's largest activation over all positions; shown is what that position sees of it, its \
      receptive field. Below each stand the activation and the share of all pictures that have none above it.

      Examples:
        featurevis examples googlenet.onnx --pictures photos --layer inception_4c/output --units 3,97 --output sheet.jpg
        featurevis examples googlenet.onnx --pictures photos --layer conv2/3x3 --output sheets --state search.json
        featurevis examples --pictures photos --units flamingo,fish --drawn lucid --output sheet.png
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      """
      The folder that the pictures (.png, .jpg) are in, or in folders of it. They are scaled and cut to the network's \
      size; hidden files are left out, and damaged ones are named.
      """, valueName: "folder"),
    completion: .directory)
  var pictures: String

  @Option(
    parsing: .unconditional,
    help: """
      The layer: a name, or a position (-1 is the last). The scores of the classes, without their \
      softmax or sigmoid, unless given.
      """)
  var layer: String?

  @Option(
    help:
      "Units, by number or by the label of a class: 130,flamingo. All of the layer unless given.")
  var units: UnitGroups?

  @Option(help: ArgumentHelp("How many pictures to show of each unit.", valueName: "count"))
  var count = 9

  @Option(
    help: ArgumentHelp(
      """
      Where the search keeps how far it is (.json): a run that was ended goes on from there, and finds the same.
      """, valueName: "file"),
    completion: .file(extensions: ["json"]))
  var state: String?

  @Option(
    help: ArgumentHelp("After how many pictures the state is written.", valueName: "count"))
  var saveEvery = 1000

  @Option(
    help: ArgumentHelp(
      """
      Put the drawn picture of each unit in front: a recipe that draws it (lucid, for example), or a folder that \
      'featurevis visualize' has drawn this layer into.
      """, valueName: "recipe-or-folder"))
  var drawn: String?

  @Option(
    help: ArgumentHelp(
      "Steps of drawn pictures; the recipe's number unless given.", valueName: "count"))
  var steps: Int?

  @Flag(help: "Show pictures as a whole, instead of what the unit sees of them.")
  var whole = false

  @OptionGroup var size: SizeOption

  @Option(
    help: ArgumentHelp(
      """
      A sheet (.png, .jpg) with a row for each unit, or a folder with a sheet for each.
      """, valueName: "file-or-folder"))
  var output: String?

  @Flag(help: "Print JSON: positions, receptive fields, means and quantiles, too.")
  var json = false

  @OptionGroup(title: ProgressOptions.title) var progress: ProgressOptions

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  /// The most examples of a unit.
  private static let mostExamples = 1000

  func validate() throws {
    try validatePositive(count, "--count", limit: Self.mostExamples)
    try validatePositive(saveEvery, "--save-every")
    try validatePositive(steps, "--steps")
    if output == nil, !json, state == nil {
      throw ValidationError("say where the sheet goes (--output), or ask for numbers (--json)")
    }
    if case .groups(let groups) = units, let group = groups.first(where: { $0.count != 1 }) {
      throw ValidationError(
        "--units \(group.map(\.description).joined(separator: "+")): each unit is looked at alone; write a comma"
      )
    }
    try progress.validate(besides: json)
    if steps != nil, drawn == nil { throw ValidationError("--steps belongs to --drawn") }
  }

  func run() throws {
    var subject = try file.load(with: preprocessing, inputs, size: size.extent)
    if layer == nil {
      subject.network.tellScoreOutput()
      subject.network = try subject.network.replacingFinalActivations()
    }
    let extent = try subject.pictureExtent(size.extent)
    let id =
      layer.map { LayerID(argument: $0, in: subject.network) } ?? subject.network.scoreLayer
    let search = try NaturalExampleSearch(
      subject.network, layer: id, units: chosenUnits, count: count, height: extent.height,
      width: extent.width, heldInputs: subject.held, memoryLimit: file.memory?.bytes)
    let names = ExampleNames(of: search, layer: id, in: subject.network)
    let drawings = try drawn.map { try DrawnPictures($0, steps: steps, file.embedded) }
    let outputs = try ExampleOutputs(
      output, state: state, names, plan: OutputPlan(reading: file, inputs))
    let pictures = try ExamplePictures(in: pictures, for: subject, extent, progress)
    // A search that is interrupted keeps what it has found.
    try Interruption.deferring {
      guard try pictures.feed(search, state: outputs.state, every: saveEvery) else { return }
      let found = try search.examples()
      guard found.pictureCount > 0 else {
        throw ToolError("--pictures \(self.pictures): none of its pictures can be read")
      }
      if json {
        try JSONOutput.print(ExampleReport(found, network: file.path, names))
      } else if !progress.jsonLines {
        ExampleReport.printTable(found, names)
      }
      try outputs.write(found) { unit in
        ExampleRow(
          of: unit, titled: names.title(of: unit.unit), count: count, from: pictures, whole: whole,
          drawn: try drawings?.picture(of: unit.unit, names, subject, memory: file.memory?.bytes))
      }
    }
  }

  private var chosenUnits: [UnitID] {
    guard case .groups(let groups) = units else { return [] }
    return groups.flatMap { $0 }
  }
}
