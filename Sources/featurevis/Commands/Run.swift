import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NetworkFormats
import RecipeLanguage

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

  @Option(
    help: ArgumentHelp(
      "How gradients pass activations and maximum pooling: guided, rectified, redirected or smoothed.",
      valueName: "expression"))
  var backprop: String?

  @Flag(help: "Make a softmax or a sigmoid that makes an output linear first.")
  var linear = false

  @Flag(help: "Compute every sum as it is written, by the BLAS library: slower, to compare with.")
  var plain = false

  @Flag(help: "Store the weights of dense layers in half precision: faster, a little less exact.")
  var half = false

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    guard (unit == nil) == (gradient == nil) else {
      throw ValidationError("--unit and --gradient go together")
    }
    if let backprop {
      do { _ = try RecipeContext().backpropModifier(backprop) } catch {
        throw ValidationError("\(error)")
      }
      guard unit != nil else { throw ValidationError("--backprop needs --unit") }
    }
    if plain, half { throw ValidationError("--plain and --half exclude each other") }
  }

  func run() throws {
    let outputFile = try OutputFile(output)
    let gradientFile = try gradient.map { try OutputFile($0) }
    var plan = OutputPlan(reading: file, inputs)
    plan.reads(input, "--input")
    try plan.writes(outputFile, "--output")
    try plan.writes(gradientFile, "--gradient")
    var network = try file.load()
    let id = LayerID(argument: layer, in: network)
    if linear { network = try network.makingLinear(for: id) }
    let name = try inputs.pictureInput(of: network, file.path).name
    let tensor = try NumPyFile(URL(fileURLWithPath: input)).read()
    let held = try inputs.tensors(for: network, batch: tensor.shape.first ?? 1)
    let program = try Program(
      network, inputShapes: held.mapValues(\.shape).merging([name: tensor.shape]) { $1 },
      taps: [id],
      options: .init(
        differentiatedInputs: unit == nil ? [] : [name],
        backpropModifier: try backprop.map { try RecipeContext().backpropModifier($0) },
        arithmetic: plain ? .plain : .fast, denseWeights: half ? .float16 : .float32,
        memoryLimit: file.memory?.bytes))
    let tap = program.taps[0]
    let index = try unit.map { try network.unit($0, of: tap) }
    // A header and four bytes a number.
    try outputFile.checkRoom(for: 128 + 4 * tap.shape.reduce(1, *))
    try gradientFile?.checkRoom(for: 128 + 4 * tensor.count)
    let workspace = try Workspace(program)
    workspace.setInput(name, to: tensor)
    for (other, values) in held where program.inputShapes[other] != nil {
      workspace.setInput(other, to: values)
    }
    workspace.forward()
    let result = workspace.tap(0)
    // Whatever can fail but for the disk has been done when the first file is written.
    if let index, let gradientFile {
      workspace.seed(Neuron(unit: index, cell: nil))
      workspace.pullback()
      let gradient = workspace.inputGradient(name)
      warnIfNotFinite(gradient, "the gradient of '\(input)'")
      try gradientFile.write { try NumPyFile($0).write(gradient) }
    }
    warnIfNotFinite(result, "layer '\(tap.layer)'")
    try outputFile.write { try NumPyFile($0).write(result) }
  }

  /// Numbers are compared with those of other software, which may not be finite either: they are written and told.
  private func warnIfNotFinite(_ tensor: Tensor, _ name: String) {
    let count = tensor.withUnsafeBufferPointer { $0.count { !$0.isFinite } }
    guard count > 0 else { return }
    StandardStreams.printError(
      "warning: \(name) has \(count) numbers of \(tensor.count) that are NaN or infinite")
  }
}
