import FeatureVisualization
import Testing

/// Priors pass by ordinary derivatives: no modifier turns them, gates them or counts them in the score.
struct PriorTests {
  private let unit = 1e-6 * ActivationMaximization(layer: "dense", units: [1])
  private let energy = SumOfSquares(layer: "conv2").asPrior

  private func energies(
    _ grad: (any GradModifier)? = nil, _ backprop: (any BackpropModifier)? = nil,
    projections: [any Projection] = []
  ) throws -> [Float] {
    var recipe = Preset.smallSteps(15)
    recipe.projections = projections
    return try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit + energy, preset: recipe.with(\.gradModifier, grad).with(\.backpropModifier, backprop)
    ).history.map { $0.losses[1].values[0] }
  }

  @Test func `one pullback or two, the picture is the same`() throws {
    let joint = try energies()
    #expect(joint[14] < joint[0])
    // A clamp that changes nothing asks for the objective's gradient by itself.
    let apart = try energies(projections: [RangeClamp(0...1)])
    #expect(largestDifference(joint, apart) < 1e-4 * joint[0])
  }

  @Test func `modifiers of gradients do not touch them`() throws {
    let plain = try energies()
    for (grad, backprop) in [(.negate, nil), (nil, .guided), (.relu, .guided)]
      as [(ElementwiseGradModifier?, GuidedBackprop?)]
    {
      #expect(largestDifference(try energies(grad, backprop), plain) < 1e-3 * plain[0])
    }
  }

  /// Raises nothing: the whole gradient becomes 0.
  private struct Hold: GradModifier {
    var name: String { "Hold" }
    var part: GradientPart { .whole }
    func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
      for index in gradient.indices { gradient[index] = 0 }
    }
  }

  @Test func `a modifier of the whole gradient does`() throws {
    let held = try energies(Hold())
    #expect(largestDifference(held, held.map { _ in held[0] }) < 1e-4 * held[0])
  }

  @Test func `a mask holds part of the picture against priors, too`() throws {
    var elements = [Float](repeating: 1, count: 196)
    for index in 0..<98 { elements[index] = 0 }
    let start = Tensor(shape: [1, 14, 14, 3], elements: (0..<588).map { Float($0 % 71) / 70 })
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit + energy + 10 * TotalVariation(),
      preset: .smallSteps(10).with(\.start, .picture(start)).with(
        \.gradModifier, .masked(by: Tensor(shape: [1, 14, 14, 1], elements: elements))))
    let (found, first) = (drawn.pictures.elements, start.elements)
    #expect(largestDifference(Array(found[..<294]), Array(first[..<294])) < 1e-6)
    #expect(largestDifference(Array(found[294...]), Array(first[294...])) > 1e-2)
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        unit,
        preset: .smallSteps(1).with(
          \.gradModifier, .masked(by: Tensor(shape: [1, 13, 14, 1], repeating: 1))))
    }
  }

  @Test func `the importance of pixels is that of the objective alone`() throws {
    var recipe = Preset.smallSteps(4)
    recipe.accumulatesImportance = true
    func importance(_ prior: Objective) throws -> Tensor {
      let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        ActivationMaximization(layer: "dense", units: [1]) + prior, preset: recipe,
        iterations: 1)
      return try #require(drawn.importance)
    }
    let alone = try importance(Objective())
    #expect(alone.shape == [1, 14, 14, 3] && alone.elements.allSatisfy { $0 >= 0 })
    #expect(alone.elements.contains { $0 > 0 })
    #expect(largestDifference(try importance(100 * energy).elements, alone.elements) < 1e-6)
    #expect(
      largestDifference(try importance(1000 * TotalVariation()).elements, alone.elements) < 1e-6)
  }
}
