import Attribution
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

/// Grad-CAM and three others, over the pixels of a photo.
func explainZebra(_ photo: Tensor, _ network: NeuralNetwork) throws -> [AttributionMap] {
  let methods: [any AttributionMethod] = [
    .gradCAM(), .gradCAMPlusPlus, .layerCAM, .smoothGrad(samples: 20),
  ]
  return try methods.map {
    try network.attribution(of: "predictions", at: photo, for: "zebra", by: $0)
  }
}
