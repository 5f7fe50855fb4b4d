import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NetworkFormats

/// Runs a network on numbers, for comparison with other software.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a network on a NumPy array: a layer's output and the gradient of a unit.",
    discussion: """
      The input is [N, H, W, C] as the network sees it, without preprocessing. The gradient is that of the \
      sum over the batch of the unit's mean over positions, with respect to the input.
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    help: ArgumentHelp("The input's file (.npy).", valueName: "file"),
    completion: .file(extensions: ["npy"]))
  var input: String

  @Option(parsing: .unconditional, help: "The layer: a name, or a position (-1 is the last).")
  var layer: String

  @Option(help: ArgumentHelp("Where the layer's output goes (.npy).", valueName: "file"))
  var output: String

  @Option(help: "The unit whose gradient is wanted, by number or by the label of a class.")
  var unit: UnitID?

  @Option(help: ArgumentHelp("Where the gradient goes (.npy).", valueName: "file"))
  var gradient: String?

  @Option(help: ArgumentHelp("How gradients pass activations.", valueName: "rule"))
  var backprop: Backprop?

  @Flag(help: "Make the final softmax linear first.")
  var linear = false

  @Flag(help: "Compute every sum as it is written, by the BLAS library: slower, to compare with.")
  var plain = false

  @Flag(help: "Store the weights of dense layers in half precision: faster, a little less exact.")
  var half = false

  enum Backprop: String, ExpressibleByArgument, CaseIterable {
    case guided, rectified

    var modifier: any BackpropModifier {
      switch self {
      case .guided: GuidedBackprop()
      case .rectified: RectifiedBackprop()
      }
    }
  }

  func validate() throws {
    guard (unit == nil) == (gradient == nil) else {
      throw ValidationError("--unit and --gradient go together")
    }
    if backprop != nil, unit == nil { throw ValidationError("--backprop needs --unit") }
  }

  func run() throws {
    let outputFile = try OutputFile(output)
    let gradientFile = try gradient.map(OutputFile.init)
    var network = try file.load()
    if linear { network = try network.replacingFinalSoftmax() }
    let tensor = try NumPyFile(URL(fileURLWithPath: input)).read()
    guard let name = network.inputs.first?.name else {
      throw ToolError("\(file.path): the network has no input")
    }
    let program = try Program(
      network, inputShapes: [name: tensor.shape],
      taps: [LayerID(argument: layer, in: network)],
      options: .init(
        differentiatedInputs: unit == nil ? [] : nil, backpropModifier: backprop?.modifier,
        arithmetic: plain ? .plain : .fast, denseWeights: half ? .float16 : .float32))
    let tap = program.taps[0]
    let index = try unit.map { try network.unit($0, of: tap) }
    let workspace = try Workspace(program)
    workspace.setInput(name, to: tensor)
    workspace.forward()
    let result = workspace.tap(0)
    // Whatever can fail but for the disk has been done when the first file is written.
    if let index, let gradientFile {
      workspace.seed(Neuron(unit: index, cell: nil))
      workspace.pullback()
      try gradientFile.makeFolder()
      try NumPyFile(gradientFile.url).write(workspace.inputGradient(name))
    }
    try outputFile.makeFolder()
    try NumPyFile(outputFile.url).write(result)
  }
}
