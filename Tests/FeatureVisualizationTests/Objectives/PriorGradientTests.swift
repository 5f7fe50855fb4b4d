import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The catalogue's priors of pictures have the gradients of their values, fall when followed, and survive flat pictures.
struct PriorGradientTests {
  private static let priors: [any Regularizer] = [
    DirectionalVariation(), DirectionalVariation(of: .channels, space: .unit),
    ActivationNorm(.l2), ActivationNorm(.l1, about: -0.2), BoundaryComplexity(width: 2),
    SpectrumSlope(), SpectrumSlope(exponent: 0.5),
  ]

  // Sizes are odd, and more rows than are worked on at once.
  @Test(arguments: priors, [[2, 5, 7, 3], [1, 19, 4, 1], [2, 1, 9, 2], [1, 9, 1, 1]])
  func `priors have the right gradient`(prior: any Regularizer, shape: [Int]) throws {
    try GradientCheck.check(prior, shapes: [shape])
  }

  /// The copy is held constant: the gradient leads each pixel to its neighbours, and is not that of the value.
  @Test func `a blur penalty moves pixels by their distance from the blurred picture`() throws {
    let x = Tensor(shape: [1, 3, 3, 1], elements: [0, 0, 0, 0, 1, 0, 0, 0, 0])
    let gradient = try BlurPenalty().gradients(at: [x], scales: [2])[0].elements
    // Four windows meet the pixel with ½ and have weights 1 + 3 · ½ at corners, 1 + 5 · ½ at edges.
    let (corner, edge, middle): (Float, Float, Float) = (-2 * 0.5 / 2.5, -2 * 0.5 / 3.5, 2 - 2 / 5)
    let expected = [corner, edge, corner, edge, middle, edge, corner, edge, corner]
    #expect(largestDifference(gradient, expected) < 1e-6)
  }

  @Test(arguments: priors + [BlurPenalty()], SmoothNetwork.allCases)
  func `three steps lower a prior`(prior: any Regularizer, variant: SmoothNetwork) throws {
    let objective = 1e-7 * ActivationMaximization(layer: "dense", units: [0])
    let drawn = try variant.make().visualizeActivationWithLosses(
      objective + Objective([.init(prior)]), preset: .smallSteps(4, rate: 0.02))
    let values = drawn.history.map { $0.losses[1].values[0] }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 }, "\(values)")
  }

  @Test(arguments: priors + [BlurPenalty()])
  func `a flat picture has finite gradients`(prior: any Regularizer) throws {
    for brightness: Float in [0, 0.5] {
      let flat = [Tensor(shape: [1, 8, 6, 3], repeating: brightness)]
      #expect(try prior.values(at: flat).allSatisfy { $0.isFinite })
      #expect(try prior.gradients(at: flat)[0].elements.allSatisfy { $0.isFinite })
    }
  }

  /// Noise has a slope of 0.
  @Test func `the slope of noise is flat`() throws {
    var random = SeededTensors(seed: 2)
    let noise = Tensor(random.uniform([1, 64, 48, 3], in: 0...1))
    let (flat, natural) = (
      try SpectrumSlope(exponent: 0).values(at: [noise])[0],
      try SpectrumSlope().values(at: [noise])[0]
    )
    #expect(flat < 0.02 && abs(natural - 4) < 0.5)
  }

  @Test func `priors that fit no picture are refused`() {
    #expect(throws: VisualizationError.self) { try SpectrumSlope().validate([[1, 3, 3, 1]]) }
    #expect(throws: VisualizationError.self) {
      try DirectionalVariation().validate([[1, 1, 1, 3]])
    }
    #expect(throws: Never.self) { try SpectrumSlope().validate([[1, 4, 4, 1]]) }
  }
}
