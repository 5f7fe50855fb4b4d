import ArgumentParser
import FeatureVisualization
import Foundation
import NetworkFiles
import PictureFiles

/// keras-vis' notebook: classes of ImageNet, with the softmax kept and made linear.
@main
struct OuzelKerasVis: ParsableCommand {
  @Argument(help: "The network's file (.onnx).") var network: String
  @Argument(help: "Where the picture goes (.png, .jpg).") var output: String
  @Option(help: "The softmax.") var layer = "prob"
  @Option(parsing: .upToNextOption, help: "Classes.") var units = [20, 130, 340, 292, 402]
  @Option(help: "Steps for each picture.") var iterations = 120

  func run() throws {
    let network = try NeuralNetwork(contentsOf: URL(filePath: network))
    let layer = LayerID.name(layer)

    // A recipe is a value: take a preset and change what you like.
    var recipe = Preset.kerasVis
    recipe.iterations = iterations
    recipe.inputModifiers = [.jitter(16)]
    recipe.regularizers = 10 * LpNorm(p: 6) + 0.1 * TotalVariation()

    // A probability rises also where the other classes fall, so the first picture shows little of the bird.
    let kept = try network.visualizeActivation(of: layer, units: [units[0]], preset: recipe)

    // What the softmax is fed, the logit, rises only where the class itself is seen. Editing a network
    // gives another one; the first stays as it is. `eachOf` draws all the pictures in one go.
    let linear = try network.replacingActivation(of: layer, with: .linear)
    let swapped = try linear.visualizeActivation(of: layer, eachOf: units, preset: recipe)

    for (visualization, units) in [(kept, [units[0]]), (swapped, units)] {
      let logits = try linear.evaluate(visualization.pictures, at: layer)
      let probabilities = try network.evaluate(visualization.pictures, at: layer)
      for (picture, unit) in units.enumerated() {
        let label = network.label(of: unit) ?? "unit \(unit)"
        print(
          "\(label): logit \(logits[picture, unit]), probability \(probabilities[picture, unit])")
      }
    }
    try PictureFile(URL(filePath: output))
      .write(ContactSheet([kept.pictures, swapped.pictures], columns: 3).picture)
  }
}
