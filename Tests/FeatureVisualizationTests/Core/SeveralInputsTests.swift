import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Several inputs are optimised at once, each by a recipe of its own, and results come by the inputs' names.
struct SeveralInputsTests {
  /// Two pictures, of 8×8×3 and 6×6×1, each through a convolution to 4 units, whose sums are squashed.
  private static func network(depthScale: Float = 1) throws -> NeuralNetwork {
    var generator = SeededGenerator(seed: 3)
    func weights(_ shape: [Int], _ scale: Float) -> Tensor {
      Tensor(
        shape: shape,
        elements: (0..<shape.reduce(1, *)).map { _ in scale * Float(generator.normal()) })
    }
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "picture", shape: [nil, 8, 8, 3], channelAxis: 3,
          specification: InputSpecification(channelOrder: .bgr, valueRange: -1...1)),
        NetworkInput(
          "depth", shape: [nil, 6, 6, 1], channelAxis: 3,
          specification: InputSpecification(channelOrder: .gray)),
      ],
      layers: [
        Layer("a", Convolution(weights: weights([4, 3, 3, 3], 0.3)), inputs: ["picture"]),
        Layer(
          "b", Convolution(weights: weights([4, 3, 3, 1], 0.5 * depthScale)), inputs: ["depth"]),
        Layer("meanA", GlobalPooling(.average), inputs: ["a"]),
        Layer("meanB", GlobalPooling(.average), inputs: ["b"]),
        Layer("sum", Arithmetic(.add), inputs: ["meanA", "meanB"]),
        Layer("y", Activation(.tanh), inputs: ["sum"]),
      ], outputs: ["y"])
  }

  private static func recipe(_ iterations: Int = 20) -> Preset {
    Preset.smallSteps(iterations).with(\.inputs, ["depth": .smallSteps()])
  }

  /// Protects the gradients of all inputs: both pictures change, and the unit rises further than by one of them alone.
  @Test func `both inputs raise the unit`() throws {
    let network = try Self.network()
    let both = try network.visualizeActivation(of: "y", units: 1, preset: Self.recipe())
    let alone = try network.visualizeActivation(
      of: "y", units: 1,
      preset: .smallSteps(20).with(
        \.heldInputs, ["depth": Tensor(shape: [1, 6, 6, 1], repeating: 0.5)]))
    #expect(both.scores[0] > alone.scores[0])
    #expect(both.inputs.map(\.name) == ["picture", "depth"])
    let depth = try #require(both[input: "depth"])
    #expect(depth.pictures.shape == [1, 6, 6, 1] && both.pictures.shape == [1, 8, 8, 3])
    #expect(both[input: "sum"] == nil)
    // The score is that of exactly these pictures.
    let score = try network.evaluate(both.pictures, at: "y", heldInputs: ["depth": depth.pictures])
    #expect(abs(score[0, 0, 0, 1] - both.scores[0]) < 1e-5)
  }

  /// Protects gradients of the second input, through its own preprocessing, against central differences of the score: one
  /// step of plain gradient descent moves each pixel by the slope.
  @Test func `a step of the second input follows its slope`() throws {
    let network = try Self.network()
    let start = Tensor(shape: [1, 6, 6, 1], elements: (0..<36).map { 0.3 + 0.01 * Float($0) })
    var own = Preset(
      name: "plain", parameterization: Pixels(start: .uniform(0.4...0.6)),
      optimizer: GradientDescent(.constant(1)),
      iterations: 1)
    own.start = .picture(start)
    var recipe = Preset.smallSteps(1).with(\.inputs, ["depth": own])
    let picture = Tensor(shape: [1, 8, 8, 3], repeating: 0.4)
    recipe.start = .picture(picture)
    recipe.inputModifiers = [.jitter(0)]
    let moved = try network.visualizeActivationWithLosses(
      ActivationMaximization(layer: "sum", units: 1), preset: recipe)
    let after = try #require(moved[input: "depth"]).pictures.elements
    func value(_ pixel: Int, _ step: Float) throws -> Float {
      var elements = start.elements
      elements[pixel] += step
      return try network.evaluate(
        picture, at: "sum", heldInputs: ["depth": Tensor(shape: [1, 6, 6, 1], elements: elements)]
      ).elements[1]
    }
    for pixel in [0, 7, 21, 35] {
      let slope = try (value(pixel, 0.05) - value(pixel, -0.05)) / 0.1
      #expect(abs(after[pixel] - start.elements[pixel] - slope) < 1e-3)
    }
  }

  /// Protects the first input's draws: what another input adds does not change them.
  @Test func `an input that does not matter changes nothing`() throws {
    let network = try Self.network(depthScale: 0)
    var recipe = Self.recipe()
    recipe.inputModifiers = [.jitter(1)]
    let both = try network.visualizeActivation(of: "y", eachOf: 0..<3, preset: recipe)
    let alone = try network.visualizeActivation(
      of: "y", eachOf: 0..<3,
      preset: recipe.with(\.inputs, [:]).with(
        \.heldInputs, ["depth": Tensor(shape: [3, 6, 6, 1], repeating: 0.5)]))
    #expect(both.pictures == alone.pictures && both.scores == alone.scores)
  }

  /// Protects losses of another input's pictures, as priors and by name in reports.
  @Test func `a prior looks at the pictures of the input that is named`() throws {
    let network = try Self.network()
    func variation(_ weight: Float) throws -> Float {
      let drawn = try network.visualizeActivationWithLosses(
        1e-6 * ActivationMaximization(layer: "y", units: 1)
          + weight * TotalVariation(space: .unit).of(input: "depth"), preset: Self.recipe(30))
      #expect(drawn.history[0].losses[1].name == "TotalVariation of depth")
      return drawn.history[29].losses[1].values[0]
    }
    let (pulled, free) = (try variation(100), try variation(1e-9))
    #expect(pulled < 0.5 * free)
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivationWithLosses(
        ActivationMaximization(layer: "y") + TotalVariation().of(input: "dept"),
        preset: Self.recipe())
    }
  }

  /// Protects progress, snapshots and updates by the names of inputs, and stages that go on with both.
  @Test func `progress comes by the names of inputs`() async throws {
    let network = try Self.network()
    var recipe = Self.recipe(4)
    recipe.snapshots = [0]
    recipe.stages = [Self.recipe(4)]
    var shapes: Set<[Int]> = []
    let drawn = try VisualizationCall.here(network, recipe) { progress in
      if let pictures = progress.pictures(of: "depth") { shapes.insert(pictures.shape) }
      if progress.pictures(of: "nothing") != nil { Issue.record("an input that is not there") }
    }
    #expect(shapes == [[1, 6, 6, 1]] && drawn.history.count == 8)
    #expect(drawn.snapshots[0].pictures(of: "depth")?.shape == [1, 6, 6, 1])
    for try await update in network.visualizationUpdates(
      of: "y", units: 1, preset: recipe, picturesEvery: 1)
    {
      if case .step(let step) = update {
        #expect(step.pictures(of: "depth")?.shape == [1, 6, 6, 1])
        #expect(step.pictures?.shape == [1, 8, 8, 3])
      }
    }
  }

  /// Protects borders that each input's recipe cuts off for itself, and the scores of what is left.
  @Test func `each input is cropped by its own recipe`() throws {
    let network = try Self.network()
    var recipe = Self.recipe(3)
    recipe.inputs["depth"]?.crop = 1
    let drawn = try network.visualizeActivation(of: "meanB", units: 1, preset: recipe)
    let depth = try #require(drawn[input: "depth"]).pictures
    #expect(depth.shape == [1, 4, 4, 1] && drawn.pictures.shape == [1, 8, 8, 3])
    let score = try network.evaluate(drawn.pictures, at: "meanB", heldInputs: ["depth": depth])
    #expect(abs(score.elements[1] - drawn.scores[0]) < 1e-5)
  }

  /// Protects the messages for inputs that nobody named, that are not there, or that are held besides.
  @Test func `inputs that are not settled are refused by name`() throws {
    let network = try Self.network()
    #expect(throws: VisualizationError.missingInput(name: "depth")) {
      try network.visualizeActivation(of: "y", units: 0)
    }
    for (preset, part) in [
      (Preset.lucid.with(\.inputs, ["dept": .lucid]), "no input 'dept'"),
      (
        Preset.lucid.with(\.inputs, ["depth": .lucid]).with(
          \.heldInputs, ["depth": Tensor(shape: [1, 6, 6, 1])]), "held and optimised"
      ),
    ] {
      let error = #expect(throws: VisualizationError.self) {
        try network.visualizeActivation(of: "y", units: 0, preset: preset)
      }
      #expect(error?.description.contains(part) == true)
    }
  }
}

/// A call on the caller's thread from an async test.
private enum VisualizationCall {
  static func here(
    _ network: NeuralNetwork, _ preset: Preset, _ onProgress: (VisualizationProgress) -> Void
  ) throws -> Visualization {
    try withoutActuallyEscaping(onProgress) {
      try network.visualizeActivation(of: "y", units: 1, preset: preset, onProgress: $0)
    }
  }
}
