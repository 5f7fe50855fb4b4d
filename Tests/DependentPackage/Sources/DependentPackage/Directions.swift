import FeatureVisualization

/// A direction of a layer, by its dot product with the activations and by how parallel they are.
func raiseDirections() throws {
  let direction = Tensor(shape: [5], elements: [0.5, -1, 2, 0.25, -0.5])
  let activations = TensorExpression.layer("b")
  let dot = (activations * direction).sum(over: -1)
  let cosine = activations.cosineSimilarity(to: .constant(direction), along: -1)
  let objective = (dot * pow(max(0.1, cosine), 2)).mean()
  // The floor has a kink, which small steps seldom cross.
  try checkGradient(objective, step: 0.0004, "a direction with cosine power")
  let drawn = try smallNetwork.visualizeActivationWithLosses(objective, preset: smallSteps(30))
  let objectives = drawn.history.map { $0.objectives[0] }
  expect(objectives[29] > objectives[0], "the direction is raised")
}

/// The Gram matrix of a layer made that of a photo, as lucid's style transfer does.
func matchStyle() throws {
  let photo = ReferencePicture(noise(seed: 8))
  func gram(_ activations: TensorExpression) -> TensorExpression {
    activations.positions.gramMatrix / 100
  }
  let difference = gram(.layer("a")) - gram(.reading(.reference(photo, at: "a")))
  let style = DerivedLoss("Style", minimizing: difference.squared().mean())
  try checkGradient(style, "a Gram matrix")
  let drawn = try smallNetwork.visualizeActivationWithLosses(
    style, preset: smallSteps(40).with(\.inputModifiers, [.jitter(1)]))
  let losses = drawn.history.map { $0.losses[0].values[0] }
  expect(losses[39] < losses[0] / 2, "the style comes nearer: \(losses[0]), \(losses[39])")
}
