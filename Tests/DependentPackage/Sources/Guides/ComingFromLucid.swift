import EmbeddedNetworks
import FeatureVisualization
import Foundation
import PictureFiles

/// The code of Docs/Guides/ComingFromLucid.md.
func comeFromLucid() throws {
  let network = try NeuralNetwork.pictureNet()

  let channel = try network.visualizeActivation(of: "stage2", units: 7, iterations: 64)
  try PictureFile(URL(filePath: "channel.png")).write(channel.picture(0))

  let neuron = try network.visualizeActivation(
    of: "stage2", units: 7, at: .center, iterations: 64)
  print(neuron.scores[0])

  let objective =
    ActivationMaximization(layer: "stage2", units: 7)
    + 0.5 * ActivationMaximization(layer: "predictions", units: "zebra")
  let both = try network.visualizeActivationWithLosses(objective, iterations: 64)
  print(both.scores[0])

  var recipe = Preset.lucid
  recipe.parameterization = Fourier(decay: 1, colors: .imageNet)
  recipe.inputModifiers = [
    .padding(16), .randomCrop(8), .randomScale([0.95, 0.975, 1, 1.025, 1.05]),
    .randomRotation(degrees: [-5, 0, 5]), .randomCrop(4),
  ]
  recipe.optimizer = Adam(learningRate: 0.05)
  recipe.snapshots = [16, 63]
  let thresholds = try network.visualizeActivation(
    of: "stage2", units: 7, preset: recipe, iterations: 64)
  for snapshot in thresholds.snapshots { print(snapshot.iteration, snapshot.pictures.shape) }

  let plain = try network.visualizeActivation(
    of: "stage2", units: 7, preset: .lucid.with(\.inputModifiers, []), iterations: 64)
  print(plain.scores[0])

  let dream = try network.visualizeActivationWithLosses(
    DeepDream(layer: "stage2"), iterations: 16)
  print(dream.scores[0])

  let direction = (0..<128).map { Float($0 % 2) }
  let along = try network.visualizeActivationWithLosses(
    Direction(layer: "stage2", direction, by: .dotCosine(power: 2)), iterations: 16)
  print(along.scores[0])
}

/// Pictures of one channel that differ from one another.
func drawDiversely() throws {
  let network = try NeuralNetwork.pictureNet()

  let diverse = try network.visualizeActivationWithLosses(
    ActivationMaximization(layer: "stage2", units: 7) + 0.5 * Diversity(layer: "stage1"),
    iterations: 16, seeds: [1, 2, 3, 4])
  try PictureFile(URL(filePath: "diverse.png")).write(ContactSheet([diverse.pictures]).picture)
}
