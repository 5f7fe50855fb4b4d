import FeatureVisualization

/// Keeps the mean and the deviation of a layer's units near those that its batch normalization was trained with.
struct BatchStatistics: Loss {
  let layer: LayerID
  let mean: Tensor
  let variance: Tensor
  var name: String { "BatchStatistics" }
  var role: Role { .prior }
  private var derived: DerivedLoss {
    let activations = TensorExpression.layer(layer).positions
    let found = activations.mean(over: 1)
    let spread = (activations - activations.mean(over: 1, keepingAxes: true)).squared().mean(
      over: 1)
    return DerivedLoss(
      name, minimizing: (found - mean).norm() + (spread - variance).norm())
  }
  var subjects: [LossSubject] { derived.subjects }
  func validate(_ shapes: [[Int]]) throws { try derived.validate(shapes) }
  func selecting(_ pictures: [Int]) -> Self? { self }
  func values(_ tensors: TappedTensors) -> [Float] { derived.values(tensors) }
  func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) { derived.addGradients(of: tensors, scales: scales, to: &gradients) }
}

/// A prior that looks at a layer: neither `.negate` nor `.guided` touches it, and it is no part of the score.
func keepBatchStatistics() throws {
  let statistics = BatchStatistics(
    layer: "a", mean: Tensor(shape: [6], repeating: 0.8),
    variance: Tensor(shape: [6], repeating: 0.05))
  try checkGradient(
    ActivationMaximization(layer: "c", units: [0]) + statistics.asObjective, "batch statistics")
  func distances(_ gradModifier: (any GradModifier)?, _ backprop: (any BackpropModifier)?) throws
    -> [Float]
  {
    let drawn = try smallNetwork.visualizeActivationWithLosses(
      1e-6 * ActivationMaximization(layer: "c", units: [0]) + statistics,
      preset: smallSteps(30).with(\.gradModifier, gradModifier).with(\.backpropModifier, backprop))
    let clean = try smallNetwork.evaluate(drawn.pictures, at: "c")[0, 0]
    expect(abs(drawn.scores[0] - 1e-6 * clean) < 1e-7, "a prior is no part of the score")
    return drawn.history.map { $0.losses[1].values[0] }
  }
  let plain = try distances(nil, nil)
  expect(plain[29] < 0.95 * plain[0], "the statistics come nearer: \(plain[0]), \(plain[29])")
  for (grad, backprop) in [(.negate, nil), (nil, .guided), (.negate, .guided)]
    as [(ElementwiseGradModifier?, GuidedBackprop?)]
  {
    let modified = try distances(grad, backprop)
    let difference = zip(plain, modified).map { abs($0 - $1) }.max() ?? 1
    expect(difference < 1e-3, "modifiers leave a prior its direction")
  }
}
