import FeatureVisualization
import SilentUnits

/// A unit that a ReLU silences for every picture near the start is woken in the first sixteen steps.
func wakeSilentUnits() throws {
  let network = try NeuralNetwork(
    layout: .channelsLast,
    inputs: [
      NetworkInput(
        "picture", shape: [nil, 8, 8, 3], channelAxis: 3, specification: InputSpecification())
    ],
    layers: [
      Layer(
        "unit",
        Convolution(
          weights: Tensor(shape: [1, 1, 1, 3], repeating: 1),
          bias: Tensor(shape: [1], repeating: -2.5), activation: .relu), inputs: ["picture"])
    ], outputs: ["unit"])
  func draw(_ modifier: (any BackpropModifier)?) throws -> Visualization {
    var recipe = smallSteps(60)
    recipe.optimizer = GradientDescent(.constant(0.5))
    return try network.visualizeActivationWithLosses(
      ActivationMaximization(layer: "unit", units: [0]),
      preset: recipe.with(\.backpropModifier, modifier))
  }
  expect(try draw(nil).scores[0] == 0, "a silent unit has no gradient to climb")
  expect(try draw(.redirectedReLU).scores[0] > 0, "redirected gradients wake it")

  let (recipe, photos) = (smallSteps(20), [Tensor(shape: [1, 8, 8, 3], repeating: 0.9)])
  let search = try SilentUnitSearch(network, ActivationMaximization(layer: "unit", units: 0))
  let found = try search.visualizeActivation(preset: recipe, pictures: photos, seed: 1)
  if found.isDead { print(found.attempts) }
  expect(found.visualization.scores[0] > 0, "a search finds a picture that it responds to")
}
