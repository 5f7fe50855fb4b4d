import FeatureVisualization

/// Pictures of one unit that differ from one another: their Gram matrices are made less alike.
func drawDifferentPictures() throws {
  let matrix = TensorExpression.layer("a").positions.gramMatrix
  let normalized = matrix / matrix.norm(keepingAxes: true)
  let all = normalized.sum(over: .pictures)
  // Σ of the products with all pictures, less that with itself, which is 1.
  let likeness = DerivedLoss("Likeness", minimizing: normalized.dot(all) - 1)
  expect(likeness.couplesPictures, "pictures are coupled")
  let unit = ActivationMaximization(layer: "c", units: [2])
  try checkGradient(unit + 0.5 * likeness, at: noise(3), "diversity")
  func draw(_ weight: Float) throws -> Float {
    let drawn = try smallNetwork.visualizeActivationWithLosses(
      unit + (weight * likeness).asPrior, preset: smallSteps(40), seeds: [1, 2, 3])
    return drawn.history[39].losses[1].values.reduce(0, +)
  }
  expect(try draw(1) < draw(0), "pictures are less alike")
}
