import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Names what a network sees in a picture.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Name what a network sees in a picture.")

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      "The picture (.png, .jpg), scaled and cut to the network's size.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var image: String

  @Option(
    help: ArgumentHelp(
      "The side of the input; what the network declares unless given.", valueName: "pixels"))
  var size: Int?

  @Option(help: ArgumentHelp("How many classes to print.", valueName: "count"))
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  private struct Guess: Encodable {
    let unit: Int
    let label: String?
    let value: Float
  }

  func validate() throws {
    try validatePositive(top, "--top")
    try validatePositive(size, "--size")
  }

  func run() throws {
    let network = try file.load(with: preprocessing)
    guard let input = network.inputs.first, let specification = input.specification,
      let output = network.outputs.first
    else { throw ToolError("\(file.path): the network has no input or no output") }
    guard let extents = try network.exampleInputShapes(side: size)[input.name], extents.count == 4
    else { throw ToolError("\(file.path): input '\(input.name)' is no picture") }
    let picture = try PictureFile(URL(fileURLWithPath: image))
      .read(specification.channelOrder == .gray ? .gray : .rgb)
      .resizedToFill(height: extents[1], width: extents[2])
    let values = try network.evaluate(picture, at: .name(output))
    guard values.count == values.shape.last else {
      throw ToolError(
        "\(file.path): output '\(output)' is a map \(values.shape), not one number per class")
    }
    let guesses = values.elements.enumerated()
      .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.prefix(top)
      .map { Guess(unit: $0.offset, label: network.label(of: $0.offset), value: $0.element) }
    if json { try JSONOutput.print(guesses) } else { printTable(guesses) }
  }

  private func printTable(_ guesses: [Guess]) {
    var table = TextTable([.right, .right, .left])
    for guess in guesses {
      table.add([guess.value.fixed(4), "\(guess.unit)", guess.label ?? ""])
    }
    for line in table.lines { print(line) }
  }
}
