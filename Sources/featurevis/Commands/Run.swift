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

  @Argument(help: "The network's file (.onnx).", completion: .file(extensions: ["onnx"]))
  var network: String

  @Option(help: "The input's file (.npy).")
  var input: String

  @Option(help: "The layer: a name, or a position (-1 is the last).")
  var layer: String

  @Option(help: "Where the layer's output goes (.npy).")
  var output: String

  @Option(help: "The unit whose gradient is wanted.")
  var unit: Int?

  @Option(help: "Where the gradient goes (.npy).")
  var gradient: String?

  @Option(help: "How gradients pass activations: guided or rectified.")
  var backprop: Backprop?

  @Flag(help: "Make the final softmax linear first.")
  var linear = false

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
    var network = try LoadedNetwork(contentsOf: URL(fileURLWithPath: network)).network
    if linear { network = try network.replacingFinalSoftmax() }
    let tensor = try NumPyFile(URL(fileURLWithPath: input)).read()
    guard let name = network.inputs.first?.name else {
      throw ToolError("\(self.network): the network has no input")
    }
    let program = try Program(
      network, inputShapes: [name: tensor.shape],
      taps: [LayerID(argument: layer, in: network)],
      options: .init(
        differentiatedInputs: unit == nil ? [] : nil, backpropModifier: backprop?.modifier))
    let tap = program.taps[0]
    if let unit, !(0..<tap.unitCount).contains(unit) {
      throw NetworkError.unitOutOfRange(unit: unit, layer: tap.layer, count: tap.unitCount)
    }
    let workspace = Workspace(program)
    workspace.setInput(name, to: tensor)
    workspace.forward()
    try NumPyFile(URL(fileURLWithPath: output)).write(workspace.tap(0))
    guard let unit, let gradient else { return }
    workspace.seedMean(of: unit)
    workspace.pullback()
    try NumPyFile(URL(fileURLWithPath: gradient)).write(workspace.inputGradient(name))
  }
}

extension Workspace {
  /// Sets the gradient of the first tap to that of the sum over the batch of a unit's mean over positions.
  func seedMean(of unit: Int) {
    clearTapGradients()
    let tap = program.taps[0]
    let share = 1 / Float(max(1, tap.shape.dropFirst().dropLast().reduce(1, *)))
    withTapGradient(0) { gradient in
      for index in stride(from: unit, to: gradient.count, by: tap.unitCount) {
        gradient[index] = share
      }
    }
  }
}
