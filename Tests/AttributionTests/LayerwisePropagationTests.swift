import Foundation
import Testing

@testable import Attribution

@Suite("Layerwise propagation")
struct LayerwisePropagationTests {
  /// The composites of `make_propagation_fixtures.py`, in its order.
  static let composites: [(name: String, composite: LayerwiseComposite)] = [
    ("zero", .uniform(EpsilonRule.zero)), ("epsilon", .uniform(EpsilonRule())),
    ("epsilon-0.25", .uniform(EpsilonRule(epsilon: 0.25))), ("gamma", .uniform(GammaRule())),
    ("alpha2-beta1", .uniform(AlphaBetaRule.alpha2Beta1)),
    ("z-plus", .uniform(AlphaBetaRule.zPlus)),
    ("w-square", .uniform(FlatRule.squaredWeights)), ("flat", .uniform(FlatRule.flat)),
    ("epsilon-plus", .epsilonPlus), ("epsilon-plus-flat", .epsilonPlusFlat),
    ("epsilon-alpha2-beta1", .epsilonAlpha2Beta1), ("epsilon-gamma-box", .epsilonGammaBox),
  ]

  @Test("every rule and composite gives Zennit's relevance", arguments: composites.indices)
  func zennit(index: Int) throws {
    let expected = try PropagationNetwork.fixture("relevance").picture(index)
    let map = try PropagationNetwork.question().answer(
      by: LayerwisePropagation(Self.composites[index].composite, reduction: nil))
    let difference = map.values.difference(from: expected)
    print("\(Self.composites[index].name): \(difference) of the largest relevance off Zennit")
    // These two divide what arrives at the residual sum by sums near 0, of which single precision knows less.
    let isUnstable = ["w-square", "flat"].contains(Self.composites[index].name)
    #expect(difference < (isUnstable ? 1e-3 : 1e-4))
  }

  @Test("relevance is conserved layer by layer where no layer has a bias")
  func conservation() throws {
    let network = try PlainNetwork.make(biases: false)
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: "dense", units: 1), at: PlainNetwork.picture())
    let value = Double(try question.values(at: question.picture)[0])
    let composites: [LayerwiseComposite] = [
      .epsilonPlus, .epsilonAlpha2Beta1, .epsilonPlusFlat, .uniform(GammaRule()),
      .uniform(EpsilonRule()),
    ]
    for composite in composites {
      let method = LayerwisePropagation(composite)
      let relevance = try method.relevance(
        of: question, at: ["dense", "flat", "pool", "sum"])
      for tensor in relevance + [try question.answer(by: method).values] {
        #expect(abs(tensor.sum - value) < 1e-3 * abs(value), "\(composite.name)")
      }
    }
  }

  @Test("what a gate multiplies takes all the relevance, and the gate none")
  func gates() throws {
    let question = try AttributionQuestion(
      PlainNetwork.gated(), ActivationMaximization(layer: "dense", units: 2),
      at: PlainNetwork.picture())
    let relevance = try LayerwisePropagation(.uniform(EpsilonRule())).relevance(
      of: question, at: ["relu", "scaled", "gate"])
    let value = Double(try question.values(at: question.picture)[0])
    #expect(abs(relevance[0].sum - value) < 1e-3 * abs(value))
    #expect(relevance[0].difference(from: relevance[1]) < 1e-6)
    #expect(relevance[2].elements.allSatisfy { $0 == 0 })
  }

  @Test("values that do not fit into the memory allowed are an error")
  func memory() throws {
    let question = try AttributionQuestion(
      PlainNetwork.make(biases: true), ActivationMaximization(layer: "dense", units: 0),
      at: PlainNetwork.picture(), memoryLimit: 10_000)
    let error = #expect(throws: VisualizationError.self) {
      try question.answer(by: .layerwise())
    }
    guard case .tooMuchMemory = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("biases take what is missing from the sum: with them it differs")
  func biases() throws {
    let network = try PlainNetwork.make(biases: true)
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: "dense", units: 1), at: PlainNetwork.picture())
    let value = Double(try question.values(at: question.picture)[0])
    let map = try question.answer(by: .layerwise(.uniform(EpsilonRule())))
    #expect(abs(map.values.sum - value) > 1e-2 * abs(value))
  }

  @Test("LRP-0 of a network of rectifiers is gradient times input")
  func gradientTimesInput() throws {
    let network = try PlainNetwork.make(biases: false)
    let picture = PlainNetwork.picture()
    let map = try network.attribution(
      of: "dense", at: picture, for: 1,
      by: LayerwisePropagation(.uniform(EpsilonRule.zero), reduction: nil))
    let gradient = try network.gradient(of: "dense", at: picture, for: 1)
    #expect(map.values.difference(from: try gradient.combined(with: picture, *)) < 1e-4)
  }

  @Test("merged batch normalization computes the same, before and behind what it is merged into")
  func merging() throws {
    let network = try PropagationNetwork.make()
    let shapes = try network.inferShapes(["input": [1, 3, 16, 16]]).shapes
    let merged = try network.mergingNormalization(shapes: shapes, keeping: ["dense2"])
    #expect(!merged.layers.contains { $0.operation is BatchNormalization })
    let picture = try PropagationNetwork.picture()
    let (old, new) = (
      try network.evaluate(picture, at: "dense2"), try merged.evaluate(picture, at: "dense2")
    )
    #expect(new.difference(from: old) < 1e-5)

    let before = try PlainNetwork.normalizedBefore()
    let inferred = try before.inferShapes(["input": [1, 12, 12, 3]]).shapes
    let mergedBefore = try before.mergingNormalization(shapes: inferred, keeping: ["dense"])
    // The one in front of padding stays.
    #expect(
      mergedBefore.layers.filter { $0.operation is BatchNormalization }.map(\.name) == ["bn1"])
    #expect(
      try mergedBefore.evaluate(PlainNetwork.picture(), at: "dense")
        .difference(from: before.evaluate(PlainNetwork.picture(), at: "dense")) < 1e-5)
  }

  @Test("what relevance cannot pass is an error that names the layer and what to do")
  func refused() throws {
    let network = try PlainNetwork.squared()
    let error = #expect(throws: VisualizationError.self) {
      try network.attribution(
        of: "dense", at: PlainNetwork.picture(), for: 0, by: .layerwise())
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("square") && text.contains("DeepLIFT"))
    #expect(throws: VisualizationError.self) {
      try PropagationNetwork.question().answer(by: .layerwise(.uniform(BoxRule())))
    }
    #expect(throws: VisualizationError.self) { try AlphaBetaRule(alpha: 0.5) }
  }

  @Test("a network that answers nothing has a map of zeros")
  func zeros() throws {
    let network = try PlainNetwork.make(biases: false)
    let black = Tensor(shape: [1, 12, 12, 3])
    for composite in [LayerwiseComposite.epsilonPlus, .uniform(EpsilonRule.zero), .epsilonGammaBox]
    {
      let map = try network.attribution(of: "dense", at: black, for: 1, by: .layerwise(composite))
      #expect(map.values.elements.allSatisfy { $0 == 0 })
    }
  }

  @Test("a picture of another size and a softmax at the end are explained too")
  func otherSizes() throws {
    let network = try SmoothNetwork.make()
    let large = Tensor(shape: [1, 28, 28, 3], repeating: 0.7)
    let map = try network.attribution(of: "softmax", at: large, for: 1, by: .layerwise())
    #expect(map.values.shape == [1, 28, 28, 1])
    #expect(map.values.elements.contains { $0 != 0 })
  }
}
