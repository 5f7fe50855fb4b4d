import EmbeddedNetworks
import FeatureVisualization

/// Two networks that look at one picture, each in its own size, channel order and preprocessing.
func askTwoNetworks() throws {
  let color = try NeuralNetwork.pictureNet()
  let reversed = try color.specifying(
    InputSpecification(
      channelOrder: .bgr, mean: [0.05, 0.02, 0], standardDeviation: [1, 0.95, 0.9]))
  let both = try NeuralNetwork(joining: [
    JoinedNetwork("color", color), JoinedNetwork("reversed", reversed, height: 128, width: 96),
  ])
  let objective =
    ActivationMaximization(layer: "color/predictions", units: ["flamingo"])
    + ActivationMaximization(layer: "reversed/predictions", units: ["flamingo"])
  try checkGradient(objective, of: both, at: noise(side: 96), step: 0.002, "two networks")
  let drawn = try both.visualizeActivationWithLosses(objective, iterations: 4)
  expect(drawn.pictures.shape == [1, 128, 96, 3], "the picture is as large as the largest sees it")
  let alone = try reversed.evaluate(drawn.pictures, at: "predictions")
  let joined = try both.evaluate(drawn.pictures, at: "reversed/predictions")
  expect(
    zip(alone.elements, joined.elements).allSatisfy { abs($0 - $1) < 1e-3 },
    "each network sees what it sees alone")
}
