import ArgumentParser
import FeatureVisualization
import Foundation
import NetworkFiles
import PictureFiles

/// A loss, an input modifier and a backprop modifier of one's own, used as the built-in ones are.
@main
struct CustomLoss: ParsableCommand {
  @Argument(help: "The network's file (.onnx).") var network: String
  @Argument(help: "Where the picture goes (.png, .jpg).") var output: String
  @Option(help: "The layer whose whole response is raised.") var layer = "inception_4c/output"
  @Option(help: "Steps.") var iterations = 150

  func run() throws {
    let network = try NeuralNetwork(contentsOf: URL(filePath: network))
    let visualization = try network.visualizeActivationWithLosses(
      1 * Dream(layer: .name(layer)) + 0.001 * TotalVariation(),
      preset: .lucid.with(\.inputModifiers, [Mirroring(), .jitter(16)]).with(
        \.backpropModifier, LeakyBackprop(leak: 0.1)), iterations: iterations)
    for loss in visualization.history.last?.losses ?? [] { print(loss.name, loss.values[0]) }
    try PictureFile(URL(filePath: output)).write(visualization.picture(0))
  }
}
