import Testing

@testable import Attribution

@Suite("DeepLIFT")
struct DeepLIFTTests {
  @Test(
    "a network of rectifiers with max pooling gives the map of the rule restated in double precision"
  )
  func restated() throws {
    let map = try PropagationNetwork.question().answer(
      by: DeepLIFT(
        baseline: .picture(try PropagationNetwork.fixture("baseline")), reduction: nil))
    let difference = map.values.difference(from: try PropagationNetwork.fixture("deep-lift"))
    print("DeepLIFT: \(difference) of the largest off the rule restated")
    #expect(difference < 1e-4)
  }

  @Test(
    "the map sums to the change of the objective from the baseline, whatever the layers",
    arguments: [Baseline.black, .gray, .color([0.9, 0.1, 0.4])])
  func completeness(baseline: Baseline) throws {
    let networks: [(NeuralNetwork, LayerID, Tensor)] = [
      (try SmoothNetwork.make(), "dense", SmoothNetwork.pictures(1)),
      (try SmoothNetwork.make(), "softmax", SmoothNetwork.pictures(1)),
      (try PropagationNetwork.make(), "dense2", try PropagationNetwork.picture()),
      (try PlainNetwork.make(biases: true), "dense", PlainNetwork.picture()),
      (try PlainNetwork.squared(), "dense", PlainNetwork.picture()),
    ]
    for (network, layer, picture) in networks {
      let question = try AttributionQuestion(
        network, ActivationMaximization(layer: layer, units: 2), at: picture)
      let map = try question.answer(by: .deepLIFT(baseline: baseline))
      let values = try question.values(
        at: Tensor(stacking: [picture, try baseline.picture(for: question)]))
      let change = Double(values[0] - values[1])
      #expect(abs(map.values.sum - change) < 1e-3 * max(abs(change), 0.01), "\(layer)")
    }
  }

  @Test("a picture that is the baseline has a map of zeros")
  func nothing() throws {
    let picture = Tensor(shape: [1, 12, 12, 3], repeating: 0.5)
    let map = try PlainNetwork.make(biases: true).attribution(
      of: "dense", at: picture, for: 0, by: .deepLIFT(baseline: .gray))
    #expect(map.values.elements.allSatisfy { $0 == 0 })
  }

  @Test("an objective of two layers is explained from both")
  func twoLayers() throws {
    let network = try PlainNetwork.make(biases: true)
    let objective =
      ActivationMaximization(layer: "dense", units: 0) + 0.5
      * ActivationMaximization(layer: "sum", units: 2)
    let question = try AttributionQuestion(network, objective, at: PlainNetwork.picture())
    let map = try question.answer(by: .deepLIFT())
    let values = try question.values(
      at: Tensor(stacking: [question.picture, Tensor(shape: question.picture.shape)]))
    #expect(abs(map.values.sum - Double(values[0] - values[1])) < 1e-4)
  }
}
