import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The field's recipes carry their sources' numbers, and draw.
struct RecipeTests {
  @Test(arguments: Preset.names)
  func `three steps raise the objective with each recipe`(name: String) throws {
    var preset = try Preset.small(name).steady
    preset.regularizers = Objective()
    // A step of rate 100 takes pictures of these small networks past the edges of their range at once.
    if name.hasPrefix("yosinski") { preset.optimizer = GradientDescent(.constant(1)) }
    let drawn = try SmoothNetwork.byte.make().visualizeActivation(
      of: "dense", units: [2], preset: preset.with(\.size, InputSize(SmoothNetwork.side)),
      iterations: 4, seed: 3)
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(objectives[3] > objectives[0], "\(objectives)")
  }

  @Test func `recipes carry their published numbers`() {
    let table: [(preset: Preset, iterations: Int, views: Int, canvas: Int?)] = [
      (.tfKerasVis, 200, 1, nil), (.xplique, 256, 1, 512), (.maco, 256, 32, 512),
      (.horama, 1000, 6, 1280), (.captum, 512, 1, nil), (.torchDreams, 120, 1, nil),
      (.deepDream, 10, 1, nil), (.deepInversion, 2000, 1, nil), (.colorShift, 400, 8, nil),
    ]
    for (preset, iterations, views, canvas) in table {
      #expect(preset.iterations == iterations && preset.views == views, "\(preset.name)")
      #expect(preset.canvas == canvas.map { Canvas(height: $0, width: $0) }, "\(preset.name)")
    }
    let (maco, horama) = (Preset.maco.optimizer as? NAdam, Preset.horama.optimizer as? NAdam)
    #expect(maco?.momentumDecay == 1 && maco?.epsilon == 1e-7 && maco?.learningRate.constant == 1)
    #expect(horama?.momentumDecay == 0.004 && horama?.epsilon == 1e-8)
    let inversion = Preset.deepInversion.optimizer as? Adam
    #expect(inversion?.beta1 == 0.5 && inversion?.beta2 == 0.9)
    let rates = [0, 99, 1050, 1999].map {
      inversion?.learningRate.value(at: Moment(iteration: $0, of: 2000)) ?? .nan
    }
    #expect(largestDifference(rates, [0.002, 0.2, 0.1, 0]) < 1e-5)
    #expect((Preset.captum.optimizer as? Adam)?.learningRate.constant == 0.1)
    #expect((Preset.torchDreams.optimizer as? GradientClipping)?.norm == 1)
    let keras = Preset.tfKerasVis.optimizer as? RMSProp
    #expect(keras?.rho == 0.999 && keras?.learningRate.constant == 1)
  }

  @Test func `DeepDream's steps change pixels by 1.5 on average`() throws {
    let gradient: [Float] = [1, -3, 0, 8]
    var parameters = [Float](repeating: 0, count: 4)
    var state = GradientDescent(.meanChange(1.5)).start(parameterCount: 4)
    var span = parameters.mutableSpan
    state.step(
      &span, gradient: gradient.span,
      at: OptimizationPoint(moment: Moment(iteration: 0, of: 1), objective: 0))
    #expect(largestDifference(parameters, [-0.5, 1.5, 0, -4]) < 1e-6)
    let still = [Float](repeating: 0, count: 4)
    var again = parameters.mutableSpan
    state.step(
      &again, gradient: still.span,
      at: OptimizationPoint(moment: Moment(iteration: 0, of: 1), objective: 0))
    #expect(largestDifference(parameters, [-0.5, 1.5, 0, -4]) < 1e-6)
  }

  @Test func `DeepDream draws on octaves of a photo`() throws {
    let photo = Tensor(shape: [1, 40, 36, 3], elements: (0..<4320).map { Float($0 % 83) / 82 })
    let recipe = try Preset.deepDream(of: photo, octaves: 3)
    #expect(recipe.stages.count == 2)
    let drawn = try SmoothNetwork.byte.make().visualizeActivationWithLosses(
      DeepDream(layer: "conv2"), preset: recipe, iterations: 2)
    #expect(drawn.pictures.shape == photo.shape)
    #expect(largestDifference(drawn.pictures.elements, photo.elements) > 0.01)
    #expect(throws: VisualizationError.self) { try Preset.deepDream(of: photo, octaves: 0) }
  }

  @Test func `accentuation starts at its photo and raises the unit`() throws {
    let photo = Tensor(
      shape: [1, 31, 28, 3], elements: (0..<2604).map { 0.2 + 0.6 * Float($0 % 83) / 82 })
    var recipe = Preset.accentuation(of: photo, keeping: "conv1")
    (recipe.views, recipe.viewsAtOnce) = (4, 2)
    recipe.inputModifiers = recipe.inputModifiers.map { FixedDraw(modifier: $0) }
    recipe.snapshots = [0]
    let drawn = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [1], preset: recipe, iterations: 6)
    #expect(drawn.pictures.shape == photo.shape)
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(objectives[5] > objectives[0], "\(objectives)")
    #expect(largestDifference(drawn.pictures.elements, photo.elements) > 1e-3)
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(
        of: "dense", units: [1], preset: .accentuation(of: Tensor(shape: [2, 2])), iterations: 1)
    }
  }

  @Test func `DeepInversion needs batch normalizations`() throws {
    let network = try SmoothNetwork.unit.make()
    #expect(throws: VisualizationError.self) { try Preset.deepInversion(of: network) }
  }

  /// Protects the prior that makes DeepInversion's pictures natural: it is there, and it falls.
  @Test func `DeepInversion holds pictures to the statistics of a network`() throws {
    var random = SeededTensors(seed: 4)
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [1, 9, 7, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [
        Layer(
          "conv",
          Convolution(
            weights: Tensor(random.uniform([4, 3, 3, 3], in: -0.4...0.4)), padding: .uniform(1)),
          inputs: ["x"]),
        Layer(
          "norm",
          BatchNormalization(
            scale: Tensor(shape: [4], repeating: 1), shift: Tensor(shape: [4], repeating: 0),
            mean: Tensor(random.uniform([4], in: -0.2...0.2)),
            variance: Tensor(random.uniform([4], in: 0.1...0.5))), inputs: ["conv"]),
      ], outputs: ["norm"])
    var recipe = try Preset.deepInversion(of: network).steady
    recipe.optimizer = Adam(learningRate: 0.02)
    // Strong enough to win against the unit, which one layer of this size drives anywhere.
    for index in recipe.regularizers.terms.indices
    where recipe.regularizers.terms[index].name == "BatchStatistics" {
      recipe.regularizers.terms[index].weight = 10
    }
    let drawn = try network.visualizeActivation(
      of: "norm", units: [1], preset: recipe, iterations: 20)
    let statistics = drawn.history.map { record in
      record.losses.first { $0.name == "BatchStatistics" }?.values[0] ?? .nan
    }
    #expect(recipe.regularizers.terms.count == 3)
    #expect(statistics[19] < statistics[0], "\(statistics)")
  }
}
