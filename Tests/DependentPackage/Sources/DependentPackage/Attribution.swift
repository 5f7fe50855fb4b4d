import EmbeddedNetworks
import FeatureVisualization

/// Which pixels of a photo speak for a class: `max over colours of |∂activation/∂pixel|`.
func saliency(_ photo: Tensor, _ evaluator: ObjectiveEvaluator) throws -> [Float] {
  let gradient = try evaluator.evaluate(at: photo).gradient.elements
  return (0..<gradient.count / 3).map { pixel in
    (0..<3).map { abs(gradient[3 * pixel + $0]) }.max() ?? 0
  }
}

/// The mean of the saliency of noisy samples.
func smoothGrad(_ photo: Tensor, _ evaluator: ObjectiveEvaluator, samples: Int) throws -> [Float] {
  var generator = SeededGenerator(seed: 1)
  var sum = [Float](repeating: 0, count: photo.count / 3)
  for _ in 0..<samples {
    let noisy = photo.elements.map { min(max($0 + 0.1 * Float(generator.normal()), 0), 1) }
    let map = try saliency(Tensor(shape: photo.shape, elements: noisy), evaluator)
    for index in map.indices { sum[index] += map[index] / Float(samples) }
  }
  return sum
}

/// Where a layer speaks for a class: `max(Σ over units of mean gradient · activation, 0)`, a number for each position.
func gradCAM(_ photo: Tensor, _ evaluator: ObjectiveEvaluator) throws -> [Float] {
  let layer = try evaluator.evaluate(at: photo).layers[0]
  let (gradient, activations) = (layer.gradient.elements, layer.activations.elements)
  let units = layer.gradient.shape[3]
  let positions = gradient.count / units
  return (0..<positions).map { position in
    max(
      (0..<units).reduce(Float(0)) { sum, unit in
        let weight = (0..<positions).reduce(Float(0)) { $0 + gradient[$1 * units + unit] }
        return sum + weight / Float(positions) * activations[position * units + unit]
      }, 0)
  }
}

func explainPhoto() throws {
  let network = try NeuralNetwork.pictureNet()
  let flamingo = ActivationMaximization(layer: "predictions", units: ["flamingo"])
  let photo = try network.visualizeActivationWithLosses(flamingo, iterations: 30).pictures
  let evaluator = try ObjectiveEvaluator(network, flamingo, gradientsAt: ["stage3_block"])
  expect(try saliency(photo, evaluator).contains { $0 > 0 }, "some pixels matter")
  expect(try smoothGrad(photo, evaluator, samples: 4).count == 96 * 96, "SmoothGrad is a map")
  let map = try gradCAM(photo, evaluator)
  expect(map.count == 36 && map.contains { $0 > 0 }, "Grad-CAM is a map of positions")

  // A layer's gradient against differences of the objective along the picture's own gradient.
  try checkGradient(
    ActivationMaximization(layer: "c", units: [1]), at: noise(2), "an attribution's gradient")
}
