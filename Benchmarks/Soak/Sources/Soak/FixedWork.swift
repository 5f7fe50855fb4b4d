import EmbeddedNetworks
import FeatureVisualization

/// Steps through a network whose memory was taken at the beginning: always the same work, so that its time tells how
/// fast the machine is at the moment.
final class FixedWork {
  private let workspace: Workspace

  init() throws {
    let network = try NeuralNetwork.pictureNet()
    let shape = [1, 96, 96, 3]
    workspace = try Workspace(
      Program(network, inputShapes: [network.inputs[0].name: shape], taps: ["predictions"]))
    workspace.setInput(network.inputs[0].name, to: Tensor(shape: shape, repeating: 0.5))
  }

  /// The seconds of processor time that one takes.
  func seconds() -> Double {
    let start = ProcessFigures.threadSeconds
    workspace.forward()
    workspace.clearTapGradients()
    workspace.withTapGradient(0) { $0[0] = 1 }
    workspace.pullback()
    return ProcessFigures.threadSeconds - start
  }
}
