import Attribution
import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// The code of Docs/Guides/ComingFromKerasVis.md.
func comeFromKerasVis() throws {
  let network = try NeuralNetwork.pictureNet()

  let linear = try network.replacingActivation(of: "probabilities", with: .linear)
  let zebra = try linear.visualizeActivation(of: "probabilities", units: "zebra", preset: .kerasVis)
  try PictureFile(URL(filePath: "zebra.png")).write(zebra.picture(0))

  var recipe = Preset.kerasVis
  recipe.iterations = 100
  recipe.regularizers = 10 * LpNorm(p: 6) + 0.1 * TotalVariation()
  recipe.inputModifiers = [.jitter(4)]
  recipe.backpropModifier = .guided
  let guided = try network.visualizeActivation(of: "predictions", units: 6, preset: recipe)
  for warning in guided.warnings { print(warning) }

  let weighted = try network.visualizeActivationWithLosses(
    ActivationMaximization(layer: "predictions", units: "zebra")
      + 0.5 * ActivationMaximization(layer: "stage2", units: 7)
      + 10 * LpNorm(p: 6) + 10 * TotalVariation(),
    preset: recipe)
  print(weighted.scores[0])

  let lowered = try network.visualizeActivation(
    of: "predictions", units: "zebra",
    preset: recipe.with(\.gradModifier, .negate).with(\.start, .picture(zebra.pictures)))
  print(lowered.scores[0])

  let filters = try network.visualizeActivation(
    of: "stage1", eachOf: 0..<8, preset: recipe.with(\.size, 48), iterations: 20)
  try PictureFile(URL(filePath: "filters.png")).write(ContactSheet([filters.pictures]).picture)

  let saliency = try network.attribution(
    of: "predictions", at: zebra.pictures, for: "zebra", by: .guidedBackprop)
  let cam = try network.attribution(
    of: "predictions", at: zebra.pictures, for: "zebra", by: .gradCAM())
  print(saliency.values.shape, cam.values.shape)
}
