import FeatureVisualization
import FeatureVisualizationTestSupport

/// A picture that is opaque only where the unit needs it to be.
func drawTransparently() throws {
  let size = PictureSize(height: 5, width: 6, channels: 4)
  try GradientCheck.check(Fourier(deviation: 0.3, hasOpacity: true), size: size)
  try GradientCheck.check(.overBackground(.noise), size: size)
  var recipe = Preset(
    name: "transparent", parameterization: Fourier(deviation: 0.1, hasOpacity: true),
    optimizer: Adam(learningRate: 0.05), iterations: 60)
  recipe.inputModifiers = [.jitter(1), .overBackground(.noise)]
  let opacity = TensorExpression.reading(.opacity).mean()
  let objective = (1 - opacity) * ActivationMaximization(layer: "c", units: [2])
  let drawn = try smallNetwork.visualizeActivationWithLosses(objective, preset: recipe)
  guard let opacities = drawn.opacities else { fatalError("no opacity") }
  expect(opacities.shape == [1, 12, 12, 1], "each pixel has an opacity")
  expect(drawn.pictures.shape == [1, 12, 12, 3], "and a colour")
  expect(drawn.opacity(0)?.shape == [1, 12, 12, 1], "as PictureFile writes them")
  let overGray = zip(drawn.pictures.elements, 0...).map { color, index in
    let alpha = opacities.elements[index / 3]
    return alpha * color + (1 - alpha) * 0.5
  }
  let shown = Tensor(shape: drawn.pictures.shape, elements: overGray)
  let activation = try smallNetwork.evaluate(shown, at: "c")[0, 2]
  let mean = opacities.elements.reduce(0, +) / 144
  expect(abs(drawn.scores[0] - (1 - mean) * activation) < 1e-3, "the score is that over mid-grey")
}
