import Testing

@testable import Attribution

@Suite("Perturbation")
struct PerturbationTests {
  @Test("occlusion gives captum's map")
  func occlusion() throws {
    let map = try PropagationNetwork.question().answer(
      by: .occlusion(window: 5, stride: 3, baseline: .networkZero))
    let difference = map.values.difference(from: try PropagationNetwork.fixture("occlusion"))
    print("occlusion: \(difference) of the largest off captum")
    #expect(difference < 1e-4)
  }

  @Test("Score-CAM and Ablation-CAM give pytorch-grad-cam's maps")
  func activationMaps() throws {
    let expected = try PropagationNetwork.fixture("activation-maps")
    let question = try PropagationNetwork.question(layer: "relu4")
    for (index, method) in [ScoreCAM() as any AttributionMethod, AblationCAM()].enumerated() {
      let map = try question.answer(by: method)
      let reference = try AttributionMap(
        expected.picture(index).map { max($0, 0) }, isSigned: false
      )
      .resized(height: 16, width: 16)
      let difference = map.values.difference(from: reference.values)
      print("\(method.name): \(difference) of the largest off pytorch-grad-cam")
      #expect(difference < 1e-3)
    }
  }

  @Test("Score-CAM of all channels, chosen by deviation, is Score-CAM")
  func fasterScoreCAM() throws {
    let question = try PropagationNetwork.question(layer: "relu4")
    let all = try question.answer(by: .scoreCAM())
    #expect(try question.answer(by: .fasterScoreCAM(channels: 12)) == all)
    #expect(try question.answer(by: .fasterScoreCAM(channels: 1000)) == all)
    #expect(try question.answer(by: .fasterScoreCAM(channels: 3)) != all)
    #expect(throws: VisualizationError.self) {
      try question.answer(by: .fasterScoreCAM(channels: 0))
    }
  }

  @Test("ablation past a residual sum is that of the whole network without the channel")
  func ablationOfResidual() throws {
    let network = try PlainNetwork.make(biases: true)
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: "dense", units: 1), at: PlainNetwork.picture())
    let tail = try NetworkTail(of: question, behind: "conv2")
    #expect(tail.output.shape == [1, 12, 12, 6])
    let values = try tail.values(count: 2) { $0 == 0 ? tail.output : tail.output.map { _ in 0 } }
    #expect(abs(values[0] - (try question.values(at: question.picture)[0])) < 1e-5)
    // Without the block the sum is what goes past it.
    var layers = network.layers
    let place = try network.position(of: "sum")
    layers[place] = Layer("sum", Identity(), inputs: ["relu1"])
    let without = try PlainNetwork.network(layers)
    let expected = try without.evaluate(question.picture, at: "dense").elements[1]
    #expect(abs(values[1] - expected) < 1e-5)
  }

  @Test("occlusion of a linear network is the contribution of the covered pixels")
  func linear() throws {
    let weights = Tensor(shape: [1, 3, 3, 3], elements: (0..<27).map { Float($0) - 13 })
    let network = try PlainNetwork.network([
      Layer("conv", Convolution(weights: weights), inputs: ["input"])
    ])
    let picture = Tensor(shape: [1, 3, 3, 3], elements: (0..<27).map { Float($0) / 27 })
    let map = try network.attribution(of: "conv", at: picture, for: 0, by: .occlusion(window: 1))
    for pixel in 0..<9 {
      let expected = (0..<3).reduce(Float(0)) {
        $0 + weights.elements[pixel * 3 + $1] * picture.elements[pixel * 3 + $1]
      }
      #expect(abs(map.values.elements[pixel] - expected) < 1e-4)
    }
  }

  @Test("RISE is the mean of masks times scores, of Petsiuk's formula and without the mean score")
  func rise() throws {
    let question = try PropagationNetwork.question()
    let random = RandomMasks(cells: 4, probability: 0.3, height: 16, width: 16, seed: 0)
    var sums = [Double](repeating: 0, count: 256)
    var centered = sums
    let masks = (0..<30).map(random.mask)
    let scores = try masks.map {
      Double(
        try question.values(at: question.masked(by: $0, over: Tensor(shape: [1, 16, 16, 3])))[0])
    }
    let mean = scores.reduce(0, +) / 30
    for (mask, score) in zip(masks, scores) {
      for (pixel, share) in mask.enumerated() {
        sums[pixel] += score * Double(share) / (30 * 0.3)
        centered[pixel] += (score - mean) * Double(share) / (30 * 0.3)
      }
    }
    let method = RISE(masks: 30, cells: 4, probability: 0.3, subtractsMean: false)
    for (found, expected) in zip(try question.answer(by: method).values.elements, sums) {
      #expect(abs(Double(found) - expected) < 1e-4 * max(abs(expected), 1))
    }
    let usual = try question.answer(by: .rise(masks: 30, cells: 4, probability: 0.3))
    for (found, expected) in zip(usual.values.elements, centered) {
      #expect(abs(Double(found) - expected) < 1e-4 * max(abs(expected), 1))
    }
  }

  @Test("masks are 0…1, open as often as asked, and the same for any batch and number of masks")
  func masks() throws {
    let random = RandomMasks(cells: 7, probability: 0.5, height: 30, width: 45, seed: 3)
    let masks = (0..<400).map(random.mask)
    #expect(masks.allSatisfy { $0.count == 30 * 45 && $0.allSatisfy { (0...1).contains($0) } })
    let mean = masks.joined().reduce(0) { $0 + Double($1) } / Double(400 * 30 * 45)
    #expect(abs(mean - 0.5) < 0.02)
    #expect(masks[0] != masks[1])
    let network = try PropagationNetwork.make()
    let picture = try PropagationNetwork.picture()
    let objective = ActivationMaximization(layer: "dense2", units: 0)
    let maps = try [1, 3, 8].map {
      try AttributionQuestion(network, objective, at: picture, seed: 5, batchSize: $0)
        .answer(by: .rise(masks: 20))
    }
    #expect(maps[0] == maps[1] && maps[1] == maps[2])
  }

  @Test("windows larger than the picture, no masks and shares out of range are errors")
  func errors() throws {
    let question = try PropagationNetwork.question()
    let methods: [any AttributionMethod] = [
      Occlusion(window: 17), Occlusion(window: 0), Occlusion(window: 3, stride: 0),
      RISE(masks: 0), RISE(masks: 3, cells: 0), RISE(masks: 3, probability: 0),
      RISE(masks: 3, probability: 1), DeepLIFT(baseline: .color([1, 0])),
    ]
    for method in methods {
      #expect(throws: VisualizationError.self, "\(method)") { try question.answer(by: method) }
    }
    #expect(throws: VisualizationError.self) {
      try AttributionQuestion(
        question.network, ActivationMaximization(layer: "relu4", units: 0), at: question.picture,
        layer: "relu4"
      ).answer(by: .ablationCAM)
    }
  }
}
