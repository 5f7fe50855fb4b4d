import Attribution
import FeatureVisualization
import Foundation
import NetworkFiles
import PictureFiles

/// The code of Docs/Guides/GettingStarted.md.
func getStarted() throws {
  let network = try NeuralNetwork(contentsOf: URL(filePath: "my-network.onnx"))

  let photo = try PictureFile(URL(filePath: "photo.jpg")).read(.rgb)
  let scores = try network.evaluate(photo.resizedToFill(height: 64, width: 64), at: "scores")
  for unit in scores.topUnits(3)[0] { print(network.label(of: unit) ?? "", scores[0, unit]) }

  let dog = try network.visualizeActivation(of: "scores", units: "dog", seed: 1)
  print("score \(dog.scores[0])")
  for warning in dog.warnings { print(warning) }
  try PictureFile(URL(filePath: "dog.png")).write(dog.picture(0))

  let filters = try network.visualizeActivation(
    of: "node_conv2d_1", eachOf: 0..<12, iterations: 100)
  let sheet = ContactSheet([filters.pictures], captions: (0..<12).map { "unit \($0)" })
  try PictureFile(URL(filePath: "filters.png")).write(sheet.picture)

  let neuron = try network.visualizeActivation(of: "node_conv2d_1", units: 7, at: .center)
  try PictureFile(URL(filePath: "neuron.png")).write(neuron.picture(0))

  let classes = try network.visualizeActivation(
    of: "scores", eachOf: ["dog", "cow"], preset: .kerasVis.with(\.inputModifiers, [.jitter(4)]))
  print(classes.scores)

  var recipe = Preset.lucid
  recipe.iterations = 256
  recipe.inputModifiers = [.padding(4), .randomCrop(4), .randomScale([0.95, 1, 1.05])]
  recipe.regularizers = 0.5 * TotalVariation()
  let softer = try network.visualizeActivation(of: "scores", units: "dog", preset: recipe)
  print(softer.scores)

  let map = try network.attribution(of: "scores", at: photo, for: "dog", by: .gradCAM())
  print(map.values.shape)
}

/// The network of a file without a sidecar, fed as its training fed it.
func readWithoutSidecar(_ file: URL) throws -> NeuralNetwork {
  var network = try NeuralNetwork(contentsOf: file).specifying(
    InputSpecification(
      channelOrder: .rgb, valueRange: 0...1, mean: [0.485, 0.456, 0.406],
      standardDeviation: [0.229, 0.224, 0.225]))
  network.labels = ["ant", "bee", "cow", "dog", "elk"]
  return network
}
