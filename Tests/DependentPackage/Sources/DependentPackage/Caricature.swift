import FeatureVisualization

/// What a photo shows, exaggerated: its activations under the same draws as the picture's.
func drawCaricature() throws {
  let photo = ReferencePicture(noise(side: 20, seed: 4))
  let likeness = TensorExpression.layer("b").dot(.reading(.reference(photo, at: "b")))
  try checkGradient(likeness, "a caricature")
  let drawn = try smallNetwork.visualizeActivationWithLosses(
    likeness,
    preset: smallSteps(30).with(\.inputModifiers, [.jitter(2), .randomScale([0.9, 1.1])]),
    seeds: [1, 2])
  let objectives = drawn.history.map(\.objectives)
  expect(objectives[29][0] > objectives[0][0], "the likeness grows")
  expect(objectives[0][0] != objectives[0][1], "each picture has its own draws")
}
