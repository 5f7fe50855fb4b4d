import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// The code of Docs/Guides/ComingFromTfKerasVis.md.
func comeFromTfKerasVis() throws {
  let network = try NeuralNetwork.pictureNet()

  let linear = try network.replacingActivation(of: "probabilities", with: .linear)

  var recipe = Preset(
    name: "tf-keras-vis", parameterization: Pixels(in: .byte, start: .uniform(0...255)),
    optimizer: RMSProp(learningRate: 1, rho: 0.999), iterations: 200)
  recipe.inputModifiers = [.jitter(4), .randomRotation(degrees: [-1, -0.5, 0, 0.5, 1])]
  recipe.regularizers = TotalVariation(beta: 1) + 0.3 * LpNorm(p: 1)

  let classes = try linear.visualizeActivation(
    of: "probabilities", eachOf: ["zebra", "flamingo"], preset: recipe, iterations: 40
  ) { progress in
    if progress.completed % 10 == 0 { print(progress.completed, progress.record.objectives) }
  }
  try PictureFile(URL(filePath: "classes.png"))
    .write(ContactSheet([classes.pictures], captions: ["zebra", "flamingo"]).picture)

  let layer = try network.visualizeActivation(
    of: "stage2", eachOf: [7, 9], preset: recipe, iterations: 20)
  print(layer.scores)

  var frames: [Tensor] = []
  _ = try linear.visualizeActivation(
    of: "probabilities", units: "zebra", preset: recipe, iterations: 20
  ) { progress in
    frames.append(progress.picture())
  }

  let saliency = try linear.gradient(of: "probabilities", at: classes.picture(0), for: "zebra")
  print(saliency.shape)
}

/// Grad-CAM: where a layer speaks for a class, a number for each position of its map.
func explainZebra(_ photo: Tensor, _ network: NeuralNetwork) throws -> [Float] {
  let layer: LayerID = "stage3_block"
  let activations = try network.evaluate(photo, at: layer)
  let gradient = try network.gradient(
    of: "predictions", at: photo, for: "zebra", withRespectTo: layer)
  var map = [Float](repeating: 0, count: activations.count / activations.unitCount)
  for unit in 0..<activations.unitCount {
    let (weight, values) = (gradient.mean(ofUnit: unit)[0], activations.unit(unit).elements)
    for position in map.indices { map[position] += weight * values[position] }
  }
  return map.map { max($0, 0) }
}
