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
  let zebra = ActivationMaximization(layer: "predictions", units: "zebra")
  let evaluator = try ObjectiveEvaluator(network, zebra, gradientsAt: ["stage3_block"])
  let layer = try evaluator.evaluate(at: photo).layers[0]
  let (positions, units) = (layer.gradient.count / layer.gradient.shape[3], layer.gradient.shape[3])
  let (gradient, activations) = (layer.gradient.elements, layer.activations.elements)
  var map = [Float](repeating: 0, count: positions)
  for unit in 0..<units {
    let weight = (0..<positions).reduce(0) { $0 + gradient[$1 * units + unit] } / Float(positions)
    for position in map.indices { map[position] += weight * activations[position * units + unit] }
  }
  return map.map { max($0, 0) }
}
