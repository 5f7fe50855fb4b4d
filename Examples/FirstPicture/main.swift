import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

let network = try NeuralNetwork.pictureNet()
let flamingo = try network.visualizeActivation(
  of: "predictions", units: "flamingo", seed: 1)
print("The flamingo's score is \(flamingo.scores[0])")
try PictureFile(URL(filePath: "flamingo.png")).write(flamingo.picture(0))
