import ArgumentParser
import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// Regression, as in keras-vis: a network that counts apples is asked for more of them, and for fewer.
@main
struct AppleCounting: ParsableCommand {
  @Argument(help: "A scene with apples (.png, .jpg).") var scene: String
  @Argument(help: "Where the picture goes (.png, .jpg).") var output: String
  @Option(help: "Steps for each picture.") var iterations = 200

  func run() throws {
    let network = try NeuralNetwork.appleCounter()
    let scene = try PictureFile(URL(filePath: scene)).read().resizedToFill(height: 96, width: 96)

    // keras-vis' recipe, with less smoothing: apples have edges.
    var recipe = Preset.kerasVis
    recipe.iterations = iterations
    recipe.regularizers = 10 * LpNorm(p: 6) + 0.03 * TotalVariation()

    // The objective is a number, not a class: raising it paints apples into the scene it starts from.
    let more = try network.visualizeActivation(
      of: "count", units: [0], preset: recipe.with(\.start, .picture(scene)))

    // `.negate` turns the objective's gradient round, so that the same ascent removes them.
    recipe.gradModifier = .negate
    let fewer = try network.visualizeActivation(
      of: "count", units: [0], preset: recipe.with(\.start, .picture(scene)))

    let pictures = [("fewer", fewer.pictures), ("scene", scene), ("more", more.pictures)]
    for (name, picture) in pictures {
      print("\(name): \(try network.evaluate(picture, at: "count").elements[0]) apples")
    }
    try PictureFile(URL(filePath: output)).write(
      ContactSheet(pictures.map(\.1), captions: pictures.map(\.0), columns: 3).picture)
  }
}
