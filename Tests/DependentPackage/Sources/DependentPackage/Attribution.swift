import EmbeddedNetworks
import FeatureVisualization

/// Which pixels of a photo speak for a class: `max over colours of |∂activation/∂pixel|`.
func saliency(_ photo: Tensor, _ evaluator: ObjectiveEvaluator) throws -> [Float] {
  let gradient = try evaluator.evaluate(at: photo).gradient.map(abs)
  let colors = (0..<3).map { gradient.unit($0).elements }
  return colors[0].indices.map { max(colors[0][$0], colors[1][$0], colors[2][$0]) }
}

/// The mean of the saliency of noisy samples.
func smoothGrad(_ photo: Tensor, _ evaluator: ObjectiveEvaluator, samples: Int) throws -> [Float] {
  var generator = SeededGenerator(seed: 1)
  var sum = [Float](repeating: 0, count: photo.count / 3)
  for _ in 0..<samples {
    let noisy = photo.map { min(max($0 + 0.1 * Float(generator.normal()), 0), 1) }
    let map = try saliency(noisy, evaluator)
    for index in map.indices { sum[index] += map[index] / Float(samples) }
  }
  return sum
}

/// Where a layer speaks for a class: `max(Σ over units of mean gradient · activation, 0)`, a number for each position.
func gradCAM(
  of label: String, in network: NeuralNetwork, at layer: LayerID, _ photo: Tensor
) throws -> [Float] {
  let maps = try network.evaluate(photo, at: layer)
  let slopes = try network.gradient(of: "predictions", at: photo, for: label, withRespectTo: layer)
  var sums = [Float](repeating: 0, count: maps.shape[1] * maps.shape[2])
  for unit in 0..<maps.unitCount {
    let (weight, map) = (slopes.mean(ofUnit: unit)[0], maps.unit(unit).elements)
    for index in sums.indices { sums[index] += weight * map[index] }
  }
  return sums.map { max($0, 0) }
}

func explainPhoto() throws {
  let network = try NeuralNetwork.pictureNet()
  let flamingo = ActivationMaximization(layer: "predictions", units: ["flamingo"])
  let photo = try network.visualizeActivationWithLosses(flamingo, iterations: 30).pictures
  let evaluator = try ObjectiveEvaluator(network, flamingo)
  expect(try saliency(photo, evaluator).contains { $0 > 0 }, "some pixels matter")
  expect(try smoothGrad(photo, evaluator, samples: 4).count == 96 * 96, "SmoothGrad is a map")
  let map = try gradCAM(of: "flamingo", in: network, at: "stage3_block", photo)
  expect(map.count == 36 && map.contains { $0 > 0 }, "Grad-CAM is a map of positions")

  // A layer's gradient against differences of the objective along the picture's own gradient.
  try checkGradient(
    ActivationMaximization(layer: "c", units: [1]), at: noise(2), "an attribution's gradient")
}
