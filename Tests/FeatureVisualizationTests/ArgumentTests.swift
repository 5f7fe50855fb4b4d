import FeatureVisualization
import Testing

/// What cannot work is refused before any work, with the rule that is broken.
struct ArgumentTests {
  private func network() throws -> NeuralNetwork { try SmoothNetwork.unit.make() }

  private func expectInvalid(
    _ name: String, _ body: () throws -> Visualization, line: Int = #line
  ) {
    do {
      _ = try body()
      Issue.record("nothing is refused")
    } catch VisualizationError.invalidArgument(let found, _) {
      #expect(found == name)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(arguments: [-1, 5, Int.max])
  func `units are checked against the layer`(unit: Int) throws {
    let network = try network()
    #expect(
      throws: VisualizationError.unitOutOfRange(unit: unit, layer: "dense", count: 5)
    ) { try network.visualizeActivation(of: "dense", units: [unit]) }
  }

  @Test func `an unknown layer is answered with the nearest names`() throws {
    let network = try network()
    let error = #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(of: "dence", units: [0])
    }
    guard case .unknownLayer("dence", let nearest) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.first == "dense")
  }

  @Test func `counts that leave nothing to do are refused`() throws {
    let network = try network()
    for count in [0, -3] {
      expectInvalid("iterations") {
        try network.visualizeActivation(of: "dense", units: [0], iterations: count)
      }
    }
    expectInvalid("units") { try network.visualizeActivation(of: "dense", eachOf: 0..<0) }
    expectInvalid("seeds") {
      try network.visualizeActivationWithLosses(
        [1 * ActivationMaximization(layer: "dense")], seeds: [])
    }
    expectInvalid("losses") { try network.visualizeActivationWithLosses(Objective()) }
    expectInvalid("losses") {
      try network.visualizeActivationWithLosses(1 * TotalVariation() + 2 * LpNorm())
    }
    expectInvalid("eachOf") {
      try network.visualizeActivationWithLosses(
        [1 * ActivationMaximization(layer: "dense", eachOf: [[0], [1]])], seeds: [0, 0, 0])
    }
  }

  @Test func `sizes are bounded`() throws {
    let network = try network()
    for side in [0, -1, 16385, Int.max] {
      expectInvalid("size") {
        try network.visualizeActivation(
          of: "conv1", units: [0], preset: .lucid.with(\.size, InputSize(side)))
      }
    }
  }

  @Test func `a network without preprocessing, or of any size, is asked about`() throws {
    func network(_ specification: InputSpecification?) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast,
        inputs: [
          NetworkInput(
            "x", shape: [1, nil, nil, 3], channelAxis: 3, specification: specification)
        ], layers: [Layer("y", Activation(.tanh), inputs: ["x"])], outputs: ["y"])
    }
    #expect(throws: VisualizationError.missingSpecification(input: "x")) {
      try network(nil).visualizeActivation(of: "y", units: [0], preset: .lucid.with(\.size, 8))
    }
    #expect(throws: VisualizationError.missingSize(input: "x")) {
      try network(InputSpecification()).visualizeActivation(of: "y", units: [0])
    }
    let gray = try network(InputSpecification(channelOrder: .gray))
    #expect(throws: VisualizationError.self) {
      try gray.visualizeActivation(of: "y", units: [0], preset: .lucid.with(\.size, 8))
    }
  }

  @Test func `a starting picture must fit and be finite`() throws {
    let network = try network()
    for shape in [[1, 14, 14, 2], [1, 13, 14, 3], [2, 14, 14, 3], [14, 14, 3]] {
      expectInvalid("start") {
        try network.visualizeActivation(
          of: "dense", units: [0], preset: .kerasVis.with(\.start, .picture(Tensor(shape: shape))))
      }
    }
    expectInvalid("start") {
      try network.visualizeActivation(
        of: "dense", units: [0],
        preset: .kerasVis.with(\.start, .picture(Tensor(shape: [1, 14, 14, 3], repeating: .nan))))
    }
  }

  @Test func `what writes into pixels cannot work where parameters are none`() throws {
    let network = try network()
    for projection in [.decay(0.1), .gaussianBlur(sigma: 1), .clipSmallNorm(percentile: 3)]
      as [any Projection]
    {
      var preset = Preset.lucid
      preset.projections = [projection]
      let error = #expect(throws: VisualizationError.self) {
        try network.visualizeActivationWithLosses(
          ActivationMaximization(layer: "dense"), preset: preset)
      }
      guard case .incompatible(projection.name, "Fourier", _) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test(
    arguments: [
      .jitter(-1), .jitter(Int.max), .jitter(share: 1), .jitter(share: .nan), .randomCrop(14),
      .randomScale([]), .randomScale([0]), .randomScale([.nan]), .randomRotation(degrees: []),
      .randomRotation(degrees: [.infinity]), .padding(-1), .padding(.max),
      .padding(4, .gray(.nan)), .padding(share: -0.1, .mirrored), .padding(share: .nan, .symmetric),
      .randomScale(.uniform(0...1)), .randomScale(.normal(mean: 1, deviation: -1)),
      .randomRotation(degrees: .uniform(from: 10, to: -10)),
      RandomRotation(degrees: [3], brightness: .nan), .flip(.horizontal, probability: 1.5),
      .flip(.vertical, probability: .nan), .randomBlur(kernelSide: 10), .randomBlur(kernelSide: -1),
      .randomBlur(kernelSide: .max), .randomBlur(sigma: .uniform(0...1)), .noise(-0.1),
      .noise(Schedule(.nan)), Noise(deviation: 0, width: -1), ColorShift(mean: -1),
      ColorShift(logDeviation: 11), .colorOffset(deviation: Schedule(.infinity)),
      .boxCrop(side: .uniform(0.5...1.5)), .boxCrop(side: .oneOf([])),
      .boxCrop(side: .constant(0.5), heldIn: 0...1),
      .boxCrop(side: .constant(0.5), heldIn: 0.5...2),
      .boxCrop(side: .constant(0.5), placement: .normal(deviation: -1)),
    ] as [any InputModifier])
  func `transformations of impossible extent are refused`(modifier: any InputModifier) throws {
    let network = try network()
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(
        [1 * ActivationMaximization(layer: "dense")],
        preset: .lucid.with(\.inputModifiers, [modifier]), iterations: 1)
    }
  }

  @Test(
    arguments: [
      .decay(-0.1), .decay(1.5), .decay(.nan), .gaussianBlur(sigma: -1),
      .gaussianBlur(sigma: .nan), .gaussianBlur(sigma: 1, every: 0), .clipSmallNorm(percentile: -1),
      .clipSmallContribution(percentile: 101), .clipSmallNorm(percentile: .nan),
      .clipSmallValue(percentile: -1), .clipSmallBenefit(percentile: 101),
      .ball(radius: 0), .ball(radius: .nan),
    ] as [any Projection])
  func `projections with impossible numbers are refused`(projection: any Projection) throws {
    let network = try network()
    var preset = Preset.erhan
    preset.projections = [projection]
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(
        ActivationMaximization(layer: "dense"), preset: preset, iterations: 1)
    }
  }

  @Test(
    arguments: [
      Adam(learningRate: 0), Adam(beta1: 1), Adam(beta2: -0.1), Adam(epsilon: .nan),
      RMSProp(learningRate: .nan), RMSProp(rho: 1), RMSProp(epsilon: 0),
      GradientDescent(.constant(0)), GradientDescent(.constant(.infinity)),
      GradientDescent(.progress(1, maximum: -1)),
      GradientDescent(.probabilityProgress(early: 0, late: 1, maximum: 1)),
    ] as [any Optimizer])
  func `optimizers with impossible numbers are refused`(optimizer: any Optimizer) throws {
    var preset = Preset.erhan
    preset.optimizer = optimizer
    let network = try network()
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(of: "dense", units: [0], preset: preset, iterations: 1)
    }
  }

  @Test func `losses with impossible numbers are refused`() throws {
    let network = try network()
    let objective = 1 * ActivationMaximization(layer: "dense")
    for loss in [
      1 * LpNorm(p: 0.5), 1 * LpNorm(p: .nan), 1 * TotalVariation(beta: 0.9),
      1 * TotalVariation(beta: .nan), .nan * LpNorm(),
      1 * ActivationMaximization(layer: "conv2", border: 4),
      1 * ActivationMaximization(layer: "conv2", border: -1),
    ] {
      #expect(throws: VisualizationError.self) {
        try network.visualizeActivationWithLosses([objective, loss], iterations: 1)
      }
    }
  }

  @Test func `names and rows of presets are checked`() throws {
    for name in ["", "lucit", "yosinski", "yosinski-0", "yosinski-5", "yosinski-x"] {
      #expect(throws: VisualizationError.self) { try Preset.named(name) }
    }
    #expect(try Preset.names.map { try Preset.named($0).name } == Preset.names)
  }
}
