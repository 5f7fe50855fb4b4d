import EmbeddedNetworks
import FeatureVisualization
import FeatureVisualizationTestSupport

/// The code of Docs/Guides/WritingYourOwn.md.
func drawWithOwnParts() throws {
  let network = try NeuralNetwork.pictureNet()

  var recipe = Preset(
    name: "mine", parameterization: Squashed(),
    optimizer: Momentum(rate: .linear(from: 0.5, to: 0.05)), iterations: 40)
  recipe.normalizesGradient = true
  recipe.inputModifiers = [Mirroring(), .jitter(4)]
  recipe.gradModifier = Signs()
  recipe.backpropModifier = LeakyBackprop(leak: 0.1)
  let drawn = try network.visualizeActivationWithLosses(
    ActivationMaximization(layer: "predictions", units: "flamingo")
      + 0.1 * WholeResponse(layer: "stage2").asPrior,
    preset: recipe)
  for loss in drawn.history.last?.losses ?? [] { print(loss.name, loss.values[0]) }
}

/// Losses whose gradients are derived.
func drawWithExpressions() throws {
  let network = try NeuralNetwork.pictureNet()

  let dream = TensorExpression.layer("stage2").squared().mean()
  _ = try network.visualizeActivationWithLosses(dream, iterations: 4)

  let quiet = DerivedLoss("Quiet", minimizing: TensorExpression.layer("stage2").squared().mean())
  let flamingo = ActivationMaximization(layer: "predictions", units: "flamingo")
  _ = try network.visualizeActivationWithLosses(flamingo - 0.1 * dream, iterations: 4)
  _ = try network.visualizeActivationWithLosses(flamingo + 0.1 * quiet.asPrior, iterations: 4)
}

/// One line of a test each.
func checkGradients() throws {
  try GradientCheck.check(WholeResponse(layer: -1), shapes: [[2, 5, 7, 3]])
  try GradientCheck.check(Mirroring(), size: PictureSize(height: 7, width: 9))
  try GradientCheck.check(Signs(), size: PictureSize(height: 7, width: 9))
  try GradientCheck.check(LeakyBackprop(leak: 0.1))
  try GradientCheck.check(Squashed(), size: PictureSize(height: 7, width: 9))
  try GradientCheck.check(Momentum())
}
