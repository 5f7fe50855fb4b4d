import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Pictures with an opacity: shown over backgrounds, scored over mid-grey, with gradients of both.
struct OpacityTests {
  private let size = PictureSize(height: 6, width: 5, channels: 4)

  @Test(arguments: [
    OpacityOverBackground.Background.gray(0.3), .noise, .spectrum(deviation: 0.5),
  ])
  func `collapsing over a background has the exact adjoint`(
    background: OpacityOverBackground.Background
  ) throws {
    try GradientCheck.check(OpacityOverBackground(background), size: size)
  }

  @Test func `a spectrum with opacity has the right pullback`() throws {
    try GradientCheck.check(Fourier(deviation: 0.3, hasOpacity: true), size: size)
  }

  private func recipe(_ modifiers: [any InputModifier]) -> Preset {
    var recipe = Preset(
      name: "opaque", parameterization: Fourier(deviation: 0.2, hasOpacity: true),
      optimizer: Adam(), iterations: 25)
    recipe.inputModifiers = modifiers
    return recipe
  }

  @Test(
    arguments: [
      [], [.jitter(2)], [.overBackground(.noise), .jitter(1)], [.padding(2), .overBackground()],
    ] as [[any InputModifier]])
  func `the score is that over mid-grey, wherever the opacity is collapsed`(
    modifiers: [any InputModifier]
  ) throws {
    let network = try SmoothNetwork.unit.make()
    let drawn = try network.visualizeActivation(
      of: "dense", units: [1], preset: recipe(modifiers), seed: 3)
    let opacities = try #require(drawn.opacities)
    #expect(opacities.shape == [1, 14, 14, 1] && drawn.pictures.shape == [1, 14, 14, 3])
    #expect(opacities.elements.allSatisfy { (0...1).contains($0) })
    let shown = drawn.pictures.elements.enumerated().map { index, color in
      let alpha = opacities.elements[index / 3]
      return alpha * color + (1 - alpha) * 0.5
    }
    let score = try network.evaluate(
      Tensor(shape: [1, 14, 14, 3], elements: shown), at: "dense")[0, 1]
    #expect(abs(score - drawn.scores[0]) < 1e-4)
    #expect(drawn.scores[0] > drawn.history[0].objectives[0])
  }

  @Test func `an objective can be traded for transparency`() throws {
    let opacity = TensorExpression.reading(.opacity).mean()
    let unit = ActivationMaximization(layer: "dense", units: [1])
    func opacities(_ objective: some ObjectiveConvertible) throws -> Float {
      let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        objective, preset: recipe([]))
      let found = try #require(drawn.opacities).elements
      return found.reduce(0, +) / Float(found.count)
    }
    let (free, held) = (try opacities(unit), try opacities(unit - 10 * opacity))
    #expect(held < free - 0.1)
  }

  /// Protects lucid's objective × (1 − mean α) for any parameterization: colours and opacity are both its own.
  @Test func `a parameterization without opacity gets one, and an objective is multiplied by it`()
    throws
  {
    let opacity = TensorExpression.reading(.opacity).mean()
    let unit = ActivationMaximization(layer: "dense", units: [1])
    var recipe = recipe([.overBackground()])
    recipe.parameterization = Transparent(LaplacianPyramid(deviation: 0.2))
    func draw(_ objective: some ObjectiveConvertible) throws -> (score: Float, opacity: Float) {
      let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        objective, preset: recipe)
      let found = try #require(drawn.opacities).elements
      #expect(drawn.pictures.shape == [1, 14, 14, 3] && found.allSatisfy { (0...1).contains($0) })
      return (drawn.scores[0], found.reduce(0, +) / Float(found.count))
    }
    let (free, traded) = (try draw(unit), try draw((unit + 5) * (1 - opacity)))
    #expect(traded.opacity < free.opacity - 0.05)
  }

  @Test func `colours and an opacity have parameters that decode to them`() throws {
    var generator = SeededGenerator(seed: 3)
    let picture = (0..<size.count).map { _ in 0.05 + 0.9 * Float(generator.uniform()) }
    let decoder = try Transparent(Fourier()).makeDecoder(
      for: DecoderContext(size: size, specification: InputSpecification()))
    let parameters = try #require(decoder.parameters(decodingTo: picture))
    #expect(largestDifference(decoder.decoded(parameters, size), picture) < 1e-4)
    #expect(
      try Transparent(CPPN()).makeDecoder(
        for: DecoderContext(size: size, specification: InputSpecification())
      ).parameters(decodingTo: picture) == nil)
  }

  @Test func `a background without opacity is refused`() throws {
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(
        of: "dense", units: [1],
        preset: {
          var preset = Preset.smallSteps(1)
          preset.inputModifiers = [.overBackground()]
          return preset
        }())
    }
  }
}
