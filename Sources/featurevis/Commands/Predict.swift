import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Names what a network sees in a picture.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Name what a network sees in a picture.")

  @OptionGroup var options: NetworkOptions

  @Option(help: "The picture's file (.png, .jpg).", completion: .file())
  var image: String

  @Option(help: "How many classes to print.")
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  private struct Guess: Encodable {
    let unit: Int
    let label: String?
    let value: Float
  }

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top must be positive") }
  }

  func run() throws {
    let network = try options.load(needsSpecification: true)
    guard let input = network.inputs.first, let specification = input.specification,
      let output = network.outputs.first
    else { throw ToolError("\(options.network): the network has no input or no output") }
    let shape = try network.exampleInputShapes()
    guard let size = shape[input.name], size.count == 4 else {
      throw ToolError("\(options.network): input '\(input.name)' is no picture")
    }
    let channels: PictureFile.Channels = specification.channelOrder == .gray ? .gray : .rgb
    let picture = try PictureFile(URL(fileURLWithPath: image)).read(channels)
      .resizedToFill(height: size[1], width: size[2])
    let values = try network.evaluate(picture, at: .name(output))
    let ranked = values.elements.enumerated()
      .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.prefix(top)
    let guesses = ranked.map { unit, value in
      Guess(unit: unit, label: network.labels.flatMap { $0.indices.contains(unit) ? $0[unit] : nil }, value: value)
    }
    if json {
      try JSONOutput.print(guesses)
    } else {
      for guess in guesses { print("\(guess.value.fixed(4))  \(guess.unit)  \(guess.label ?? "")") }
    }
  }
}
