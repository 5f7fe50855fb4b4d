import ArgumentParser
import FeatureVisualization
import Foundation
import NetworkFiles
import PictureFiles

/// The first units of a convolution side by side, as keras.io shows what convnets learn.
@main
struct ConvFilters: ParsableCommand {
  @Argument(help: "The network's file (.onnx).") var network: String
  @Argument(help: "Where the picture goes (.png, .jpg).") var output: String
  @Option(help: "A convolution.") var layer = "inception_3a/3x3"
  @Option(help: "How many of its units are shown.") var count = 24

  func run() throws {
    let network = try NeuralNetwork(contentsOf: URL(filePath: network))
    // One batch: a picture for each unit. What comes after the layer is never computed, and the picture
    // may have any size that the rest takes.
    let visualization = try network.visualizeActivation(
      of: .name(layer), eachOf: 0..<count, preset: .kerasIO
    ) { progress in
      print("\(progress.completed) of \(progress.total) steps")
    }
    try PictureFile(URL(filePath: output)).write(
      ContactSheet([visualization.pictures], columns: 8).picture)
  }
}
