import EmbeddedNetworks
import FeatureVisualization

/// What everybody types first.
func typeWhatComesToMind() throws {
  let network = try NeuralNetwork.pictureNet()
  var recipe = Preset.erhan.with(\.iterations, 2)
  let (layer, names): (LayerID, [String]) = ("predictions", ["zebra", "flamingo"])
  let a = ActivationMaximization(layer: layer, units: "zebra")
  let b = ActivationMaximization(layer: layer, units: 3)

  // One loss, sums with and without weights, a recipe's own priors.
  _ = try network.visualizeActivationWithLosses(a, preset: recipe)
  _ = try network.visualizeActivationWithLosses(a + TotalVariation(), preset: recipe)
  _ = try network.visualizeActivationWithLosses(1 * a - 0.5 * b, preset: recipe)
  _ = try network.visualizeActivationWithLosses(a + recipe.regularizers, preset: recipe)
  _ = try network.visualizeActivationWithLosses([a, b], preset: recipe)

  // Units by number and by name, in literals and in variables.
  for drawn in [
    try network.visualizeActivation(of: layer, units: 3, preset: recipe),
    try network.visualizeActivation(of: layer, units: "zebra", preset: recipe),
    try network.visualizeActivation(of: layer, units: ["zebra"], preset: recipe),
    try network.visualizeActivation(of: layer, units: names, preset: recipe),
    try network.visualizeActivation(of: layer, units: 0..<4, preset: recipe),
    try network.visualizeActivation(of: layer, preset: recipe),
  ] {
    expect(drawn.pictures.shape[0] == 1, "units are raised together")
  }
  for drawn in [
    try network.visualizeActivation(of: layer, eachOf: ["zebra", "flamingo"], preset: recipe),
    try network.visualizeActivation(of: layer, eachOf: names, preset: recipe),
    try network.visualizeActivation(of: layer, eachOf: [20, 3], preset: recipe),
    try network.visualizeActivation(of: layer, eachOf: 0..<2, preset: recipe),
    try network.visualizeActivation(
      of: layer, eachOf: [["zebra", "fish"], ["star"]], preset: recipe),
  ] {
    expect(drawn.pictures.shape[0] == 2, "each set of units has a picture")
  }

  // A closure that returns nothing, and one that ends the run.
  var steps = 0
  _ = try network.visualizeActivation(of: layer, units: 3, preset: recipe) { _ in steps += 1 }
  expect(steps == 2, "every step is told")
  let stopped = try network.visualizeActivation(of: layer, units: 3, preset: recipe) { $0.stop() }
  expect(stopped.isCancelled && stopped.history.count == 1, "a closure ends the run")

  // A recipe's modifiers are switched off and on.
  recipe = .kerasVis.with(\.iterations, 2).with(\.inputModifiers, [.jitter(4)])
  recipe.gradModifier = nil
  recipe.backpropModifier = .guided
  recipe.size = 128
  let small = try drawLogit(of: network, recipe)
  expect(small.pictures.shape == [1, 128, 128, 3], "a recipe has a size")
}

/// One type of error for editing a network and for drawing.
func drawLogit(of network: NeuralNetwork, _ recipe: Preset) throws(VisualizationError)
  -> Visualization
{
  let linear = try network.replacingActivation(of: "predictions", with: .linear)
  return try linear.visualizeActivation(of: "predictions", units: "flamingo", preset: recipe)
}
