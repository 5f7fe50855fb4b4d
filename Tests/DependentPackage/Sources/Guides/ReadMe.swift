import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// The code of README.md.
func readMe() throws {
  let network = try NeuralNetwork.pictureNet()
  let flamingo = try network.visualizeActivation(
    of: "predictions", units: "flamingo", seed: 1)
  print("The flamingo's score is \(flamingo.scores[0])")
  try PictureFile(URL(filePath: "flamingo.png")).write(flamingo.picture(0))

  let penguin = try network.visualizeActivationWithLosses(
    ActivationMaximization(layer: "predictions", units: "penguin")
      + 10 * LpNorm(p: 6) + 0.1 * TotalVariation(),
    preset: .kerasVis.with(\.inputModifiers, [.jitter(16)]).with(\.backpropModifier, .guided))
  try PictureFile(URL(filePath: "penguin.png")).write(penguin.picture(0))
}
