import ArgumentParser
import FeatureVisualization
import Foundation
import NetworkFiles
import PictureFiles

/// Gradient ascent held down in four ways: the recipes of Yosinski et al., on the flamingo.
@main
struct FlamingoYosinski: ParsableCommand {
  @Argument(help: "The network's file (.onnx).") var network: String
  @Argument(help: "Where the picture goes (.png, .jpg).") var output: String
  @Option(help: "A layer before any softmax.") var layer = "loss3/classifier"
  @Option(help: "The unit of the layer.") var unit = 130
  @Option(help: "Steps for each picture; the paper takes 500 to 1000.") var iterations = 200

  func run() throws {
    let network = try NeuralNetwork(contentsOf: URL(filePath: network))
    var pictures: [Tensor] = []
    for row in 1...4 {
      let visualization = try network.visualizeActivation(
        of: .name(layer), units: [unit], preset: .yosinski(row), iterations: iterations, seed: 1)
      // These recipes let pixels leave the range of pictures: the raw pixels have a score of their own.
      let start = visualization.history[0].objectives[0]
      let end = visualization.raw?.scores[0] ?? visualization.scores[0]
      print(
        "row \(row): logit \(start) at the start, \(end) at the end,"
          + " \(visualization.scores[0]) as shown")
      pictures.append(visualization.picture(0))
    }
    try PictureFile(URL(filePath: output)).write(ContactSheet(pictures, columns: 4).picture)
  }
}
