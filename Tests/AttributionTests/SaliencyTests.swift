import Attribution
import FeatureVisualizationTestSupport
import Testing

@Suite("Saliency and questions")
struct SaliencyTests {
  private let network: NeuralNetwork
  private let pictures: Tensor

  init() throws {
    network = try SmoothNetwork.make()
    pictures = SmoothNetwork.pictures(3)
  }

  @Test("saliency is the gradient's largest magnitude over channels")
  func saliency() throws {
    let gradient = try network.gradient(of: "dense", at: pictures, for: 1)
    let map = try network.attribution(of: "dense", at: pictures, for: 1, by: .saliency)
    #expect(map.values.shape == [3, SmoothNetwork.side, SmoothNetwork.side, 1] && !map.isSigned)
    for (pixel, value) in map.values.elements.enumerated() {
      let colors = (0..<3).map { abs(gradient.elements[pixel * 3 + $0]) }
      #expect(value == colors.max())
    }
    #expect(
      try network.attribution(of: "dense", at: pictures, for: 1, by: .gradient).values == gradient)
  }

  @Test("each picture of eachOf is asked about its own class, as it would be alone")
  func eachOf() throws {
    let map = try network.attribution(
      of: ActivationMaximization(layer: "dense", eachOf: [0, 4, 2]), at: pictures, by: .gradient)
    for (picture, unit) in [0, 4, 2].enumerated() {
      let alone = try network.attribution(
        of: "dense", at: pictures.picture(picture), for: unit, by: .gradient)
      #expect(map.picture(picture) == alone)
    }
  }

  @Test("grey pictures and pictures of another size have maps of their own size")
  func otherPictures() throws {
    let gray = Tensor(shape: [1, 20, 9, 1], repeating: 0.4)
    let map = try network.attribution(of: "dense", at: gray, for: 1, by: .saliency)
    #expect(map.values.shape == [1, 20, 9, 1])
    #expect(map.values.maximum() ?? 0 > 0)
  }

  @Test(
    "a class that is missing is the error that tells of it, and so is a picture of another form")
  func errors() {
    #expect(throws: VisualizationError.unitOutOfRange(unit: 9, layer: "dense", count: 5)) {
      try network.attribution(of: "dense", at: pictures, for: 9, by: .saliency)
    }
    #expect(throws: VisualizationError.missingLabels(wanted: "zebra")) {
      try network.attribution(of: "dense", at: pictures, for: "zebra", by: .saliency)
    }
    #expect(throws: VisualizationError.self) {
      try network.attribution(of: "dense", at: Tensor(shape: [4]), for: 0, by: .saliency)
    }
    #expect(throws: VisualizationError.self) {
      try network.attribution(
        of: "dense", at: pictures.map { 255 * $0 }, for: 0, by: .saliency)
    }
  }

  @Test("values and gradients of many pictures are those of each alone, whatever the batch")
  func batches() throws {
    let objective = ActivationMaximization(layer: "dense", units: [2])
    let many = SmoothNetwork.pictures(7)
    let one = try AttributionQuestion(network, objective, at: many.picture(0), batchSize: 1)
    let expected = try one.evaluate(at: many, gradientsAt: ["conv2"])
    for batchSize in [2, 3, 7, 100] {
      let question = try AttributionQuestion(
        network, objective, at: many.picture(0), batchSize: batchSize)
      let found = try question.evaluate(at: many, gradientsAt: ["conv2"])
      #expect(found.values == expected.values && found.gradient == expected.gradient)
      #expect(found.layers[0].activations == expected.layers[0].activations)
      #expect(found.layers[0].gradient == expected.layers[0].gradient)
      #expect(try question.values(at: many) == expected.values)
    }
  }

  @Test("a method that gives a map of another size is named")
  func brokenRule() {
    struct Small: AttributionMethod {
      var name: String { "small" }
      func attribution(of question: AttributionQuestion) -> AttributionMap {
        AttributionMap(Tensor(shape: [1, 2, 2, 1]), isSigned: false)
      }
    }
    #expect {
      try network.attribution(of: "dense", at: pictures, for: 0, by: Small())
    } throws: { error in
      guard case VisualizationError.brokenRule(type: "Small", _) = error else { return false }
      return true
    }
  }
}
