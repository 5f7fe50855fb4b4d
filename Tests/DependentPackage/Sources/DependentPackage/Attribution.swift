import Attribution
import EmbeddedNetworks

/// The code of Docs/Attribution.md.
func explainPhoto() throws {
  let network = try NeuralNetwork.pictureNet()
  let photo = try network.visualizeActivation(of: "predictions", units: "flamingo", iterations: 30)
    .pictures

  let map = try network.attribution(of: "predictions", at: photo, for: "flamingo", by: .gradCAM())
  let smooth = try network.attribution(
    of: "predictions", at: photo, for: "flamingo", by: .smoothGrad(samples: 8), seed: 1)
  let shown = smooth.normalized(percentile: 99)

  expect(map.values.shape == [1, 96, 96, 1] && !map.isSigned, "Grad-CAM is a map of pixels")
  expect(map.values.maximum() ?? 0 > 0, "some positions speak for a flamingo")
  expect(shown.values.maximum() == 1, "the largest value shown is 1")

  let flamingo = ActivationMaximization(layer: "predictions", units: "flamingo")
  let methods: [any AttributionMethod] = [
    .saliency, .gradCAM(), .integratedGradients(points: 8), MeanActivation(),
  ]
  var maps: [AttributionMap] = []
  for question in try network.attributionQuestions(about: flamingo, at: photo, seed: 1) {
    for method in methods { maps.append(try question.answer(by: method)) }
  }
  expect(try AttributionMap(stacking: maps).pictureCount == 4, "a map for each method")

  let parts = try network.layerAttribution(of: flamingo, at: photo, in: "stage3_block")
  expect(parts.channels.argmax() != nil, "a channel speaks for a flamingo most")

  try propagateAndJudge(network, photo, map)

  // A layer's gradient against differences of the objective along the picture's own gradient.
  try checkGradient(
    ActivationMaximization(layer: "c", units: [1]), at: noise(2), "an attribution's gradient")
}

/// Layerwise propagation, and metrics of maps.
private func propagateAndJudge(
  _ network: NeuralNetwork, _ photo: Tensor, _ map: AttributionMap
) throws {
  let relevance = try network.attribution(
    of: "predictions", at: photo, for: "flamingo", by: .layerwise(.epsilonPlus))
  expect(relevance.isSigned, "relevance has a sign")

  let composite = LayerwiseComposite("flat-gamma") { site in
    if site.isFirst { FlatRule() } else { GammaRule(gamma: 0.5) }
  }
  let own = try network.attribution(
    of: "predictions", at: photo, for: "flamingo", by: .layerwise(composite))
  expect(own != relevance, "a composite of one's own has a map of its own")

  let question = try AttributionQuestion(
    network, ActivationMaximization(layer: "probabilities", units: "flamingo"), at: photo)
  let fall = try Deletion(steps: 10).curve(of: map, for: question).area
  let rise = try Insertion(steps: 10).curve(of: map, for: question).area
  let fidelity = try MuFidelity(cells: 6, samples: 40).correlation(of: map, for: question)
  expect((0...1).contains(fall) && (0...1).contains(rise), "areas of probabilities")
  expect(fidelity.map { (-1...1).contains($0) } ?? true, "a correlation")
}

/// A class activation map of one's own: where a layer is active at all.
struct MeanActivation: ClassActivationMap {
  var name: String { "mean-activation" }

  func positions(of layer: LayerSlopes) -> [Double] {
    layer.sums { activation, _ in activation / Double(layer.channels) }
  }
}
