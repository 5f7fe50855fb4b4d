import ArgumentParser
import ConvolutionalNetworks
import Foundation
import PictureFiles

/// Shows the weights of a layer as pictures.
struct Weights: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the weights of a layer as pictures: of the first one, unless given.",
    discussion: """
      Each unit has a scale of its own, in which 0 is mid-grey. Units that read colours are shown in colours, others have \
      a picture in grey for each of their inputs. The weights of a dense layer are laid out as the network's input is.

      Examples:
        featurevis weights googlenet.onnx --output conv1.png
        featurevis weights googlenet.onnx --layer conv2/3x3 --units 0,5,9 --output conv2.png
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    parsing: .unconditional,
    help: "The layer, a convolution or a dense one: a name, or a position. The first unless given.")
  var layer: String?

  @Option(help: "Units, by number: 0,5,9; all unless given.")
  var units: UnitGroups = .all

  @Option(
    help: ArgumentHelp(
      "The height and width of the picture that a dense layer's inputs are: 28x28.",
      valueName: "pixels"))
  var size: PictureExtent?

  @Option(help: ArgumentHelp("The sheet (.png, .jpg).", valueName: "file"))
  var output: String

  /// The most pixels of all weights that are shown.
  private static let mostWeights = 1 << 22
  /// The most pictures of a sheet.
  private static let mostPictures = 4096

  func run() throws {
    let network = try file.load()
    let layer = try self.layer.map { try network.layer(LayerID(argument: $0, in: network)) }
    guard let shown = layer ?? network.layers.first(where: Self.hasWeights) else {
      throw ToolError(
        "\(file.path): it has no convolution and no dense layer; --layer names others")
    }
    let filters = try LayerFilters(of: shown, in: network, laidOutAs: size)
    let chosen = try units.groups(of: filters.count, in: network).joined().map {
      try network.unit($0, of: shown.name, unitCount: filters.count)
    }
    let each = filters.weightsPerUnit
    guard chosen.count <= Self.mostPictures / max(each.pictures, 1),
      chosen.count <= Self.mostWeights / max(each.weights, 1)
    else {
      throw ToolError(
        """
        layer '\(shown.name)': \(chosen.count) units with \(each.pictures) pictures of \(each.weights / each.pictures) \
        weights each are more than a sheet shows; say fewer with --units 0,1,2
        """)
    }
    var plan = OutputPlan(reading: file)
    let sheet = try OutputFile(picture: output)
    try plan.writes(sheet, "--output")
    if let note = filters.note { StandardStreams.printError("note: \(note)") }
    let picture = filters.sheet(of: chosen).picture
    try sheet.write { try PictureFile($0).write(picture) }
    StandardStreams.printLine("\(sheet.path)  \(shown.name), \(chosen.count) units")
  }

  private static func hasWeights(_ layer: Layer) -> Bool {
    layer.operation is Convolution || layer.operation is Dense
  }
}
