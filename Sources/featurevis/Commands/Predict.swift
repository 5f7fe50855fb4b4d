import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Names what a network sees in a picture.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Name what a network sees in a picture.",
    discussion: """
      Of several outputs the first that ends in a softmax or a sigmoid holds the scores of the classes, or else the \
      first; --layer names another.
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp(
      "The picture (.png, .jpg), scaled and cut to the network's size.", valueName: "picture"),
    completion: .file(extensions: ["png", "jpg", "jpeg"]))
  var image: String

  @Option(
    parsing: .unconditional,
    help: """
      The layer whose numbers are printed: a name, or a position (-1 is the last). The scores of the \
      classes unless given.
      """)
  var layer: String?

  @OptionGroup var size: SizeOption

  @Option(help: ArgumentHelp("How many classes to print.", valueName: "count"))
  var top = 5

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: PreprocessingOptions.title) var preprocessing: PreprocessingOptions

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  private struct Guess: Encodable {
    let unit: Int
    let label: String?
    let value: Float
  }

  func validate() throws { try validatePositive(top, "--top") }

  func run() throws {
    let subject = try file.load(with: preprocessing, inputs, size: size.extent)
    let network = subject.network
    guard let output = network.scoreOutput else {
      throw ToolError("\(file.path): the network has no output")
    }
    if layer == nil { network.tellScoreOutput() }
    let id = layer.map { LayerID(argument: $0, in: network) } ?? .name(output)
    let extent = try subject.pictureExtent(size.extent)
    let picture = try subject.picture(in: image, extent)
    let values = try network.evaluate(picture, at: id, heldInputs: subject.held)
    guard values.count == values.shape.last else {
      throw ToolError(
        """
        \(file.path): '\(layer ?? output)' is a map \(values.shape), not one number per class; \
        --layer names another layer
        """)
    }
    guard !values.elements.contains(where: \.isNaN) else {
      throw ToolError(
        """
        \(file.path): '\(layer ?? output)' is NaN for this picture: the network divides by zero or takes a \
        logarithm or root of a negative number; check the preprocessing
        """)
    }
    let scores = values.elements
    let guesses = values.span.topIndices(top).map {
      Guess(unit: $0, label: network.label(of: $0), value: scores[$0])
    }
    if json { try JSONOutput.print(guesses) } else { printTable(guesses) }
  }

  private func printTable(_ guesses: [Guess]) {
    var table = TextTable([.right, .right, .left])
    for guess in guesses {
      table.add([guess.value.fixed(4), "\(guess.unit)", guess.label ?? ""])
    }
    table.print()
  }
}
