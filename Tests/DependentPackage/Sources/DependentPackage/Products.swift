import FeatureVisualization

/// Two units at once, the weaker one counting more; and a unit whose weight grows from step to step.
func raiseProducts() throws {
  let (a, b) = (
    ActivationMaximization(layer: "c", units: [0]), ActivationMaximization(layer: "c", units: [1])
  )
  let both = (2 + a) * (2 + b)
  let activations = try smallNetwork.evaluate(noise(), at: "c")
  let value = try ObjectiveEvaluator(smallNetwork, both).values(at: noise())[0]
  let product = (2 + activations[0, 0]) * (2 + activations[0, 1])
  expect(abs(value - product) < 1e-4, "A × B is the product of the activations")
  try checkGradient(both, "a product")
  try checkGradient(a / (3 + pow(b, 2)), "a quotient and a power")
  try checkGradient(a - 0.5 * b + TotalVariation(space: .unit).asObjective, "a sum")

  let ramped = a + .linear(from: 0, to: 1) * b
  let drawn = try smallNetwork.visualizeActivationWithLosses(ramped, preset: smallSteps(20))
  let weights = drawn.history.map { $0.losses[1].weight }
  expect(weights.first == 0 && weights.last == 1, "the weight grows")
  let clean = try smallNetwork.evaluate(drawn.pictures, at: "c")
  expect(
    abs(drawn.scores[0] - clean[0, 0] - clean[0, 1]) < 1e-4, "the score is by the last weights")
}

/// Eight terms of every kind in one expression.
func mixedObjective() -> Objective {
  ActivationMaximization(layer: "c", units: [0])
    + 0.5 * ActivationMaximization(layer: "c", units: [1])
    - ActivationMaximization(layer: "b", units: [2])
    + .linear(from: 0, to: 1) * ActivationMaximization(layer: "a", units: [3])
    + 0.1 * pow(ActivationMaximization(layer: "a"), 2)
    + TensorExpression.layer("b").squared().mean() + 10 * TotalVariation() + 3 * LpNorm(p: 6)
}
