import FeatureVisualization
import Testing

/// Steps of the optimizers, in numbers worked out by hand from their papers' formulas.
struct OptimizerTests {
  /// The parameters after each of several steps from 0.
  private func steps(
    _ optimizer: any Optimizer, _ gradients: [[Float]], objectives: [Float]? = nil
  ) -> [[Float]] {
    var parameters = gradients[0].map { _ in Float(0) }
    var state = optimizer.start(parameterCount: parameters.count)
    return gradients.enumerated().map { index, gradient in
      var span = parameters.mutableSpan
      state.step(
        &span, gradient: gradient.span,
        at: OptimizationPoint(
          moment: Moment(iteration: index, of: gradients.count),
          objective: objectives?[index] ?? 0))
      return parameters
    }
  }

  @Test func `Adam steps by the corrected mean over the corrected deviation`() {
    let rule = Adam(learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8)
    let found = steps(rule, [[2, -4], [1, 4]])
    // First step: mean g, deviation |g|, so the rate itself.
    #expect(largestDifference(found[0], [-0.1, 0.1]) < 1e-6)
    // Second: means (0.9 · 0.2 + 0.1) / 0.19 and (−0.36 + 0.4) / 0.19, squares (0.99 · 0.04 + 0.01) / 0.0199 and
    // (0.99 · 0.16 + 0.16) / 0.0199 = 16.
    let second: [Double] = [
      -0.1 - 0.1 * (0.28 / 0.19) / (0.0496 / 0.0199).squareRoot(),
      0.1 - 0.1 * (0.04 / 0.19) / 4,
    ]
    #expect(largestDifference(found[1], second.map { Float($0) }) < 1e-6)
  }

  @Test func `RMSProp divides by the running root mean square, ε inside the root`() {
    let rule = RMSProp(learningRate: 1, rho: 0.95, epsilon: 1e-7)
    let found = steps(rule, [[0.3, 0], [-0.1, 1e-4]])
    let cache = 0.05 * 0.09
    let first = -0.3 / (cache + 1e-7).squareRoot()
    #expect(largestDifference(found[0], [Float(first), 0]) < 1e-5)
    let second = [
      first + 0.1 / (0.95 * cache + 0.05 * 0.01 + 1e-7).squareRoot(),
      -1e-4 / (0.05 * 1e-8 + 1e-7).squareRoot(),
    ]
    #expect(largestDifference(found[1], second.map { Float($0) }) < 1e-5)
  }

  @Test func `gradient descent steps by the rate`() {
    let found = steps(GradientDescent(.constant(0.5)), [[2, -4], [2, 0]])
    #expect(found == [[-1, 2], [-2, 2]])
  }

  @Test func `the progress policy aims at its progress and keeps to its maximum`() {
    // |g|² = 25: a rate of 2 / 25 raises the objective by 2 along a straight line.
    let found = steps(GradientDescent(.progress(2, maximum: 100)), [[3, 4]])
    #expect(largestDifference(found[0], [-0.24, -0.32]) < 1e-6)
    // |g|² = 0.0025 would take a rate of 800.
    let small = steps(GradientDescent(.progress(2, maximum: 100)), [[0.03, 0.04]])
    #expect(largestDifference(small[0], [-3, -4]) < 1e-5)
    let zero = steps(GradientDescent(.progress(2, maximum: 100)), [[0, 0]])
    #expect(zero[0] == [0, 0])
  }

  @Test func `the policy for probabilities slows down near 1`() {
    let rule = GradientDescent(.probabilityProgress(early: 0.1, late: 0.5, maximum: 100))
    // Early: 0.1 / 4. Late: half of what is lacking, 0.5 · 0.04 / 4. At 1: no step.
    let found = [Float(0.2), 0.96, 1, 1.5].map { steps(rule, [[2]], objectives: [$0])[0][0] }
    #expect(largestDifference(found, [-0.05, -0.01, 0, 0]) < 1e-6)
  }

  /// Protects the stretches that steps are cut into: each parameter's step is its own, wherever it stands.
  @Test(arguments: [Adam(), RMSProp(), GradientDescent(.constant(0.5))] as [any Optimizer])
  func `a parameter among many steps as it does alone`(rule: any Optimizer) {
    var generator = SeededGenerator(seed: 1)
    let gradients = (0..<2).map { _ in (0..<20_001).map { _ in Float(generator.normal()) } }
    let all = steps(rule, gradients)
    for place in [0, 15, 8191, 8192, 16_400, 20_000] {
      let alone = steps(rule, gradients.map { [$0[place]] })
      #expect(abs(all[1][place] - alone[1][0]) < 1e-5)
    }
  }

  @Test func `every picture of a batch has a memory of its own`() throws {
    // In a shared memory the second picture's steps would shrink with the first's gradients.
    let network = try SmoothNetwork.unit.make()
    for optimizer in [Adam(learningRate: 0.01), RMSProp(learningRate: 0.01)] as [any Optimizer] {
      var preset = Preset.smallSteps(5)
      preset.optimizer = optimizer
      let both = try network.visualizeActivation(of: "dense", eachOf: [[0], [1]], preset: preset)
      let alone = try network.visualizeActivation(of: "dense", units: [1], preset: preset)
      #expect(largestDifference(both.picture(1).elements, alone.pictures.elements) < 1e-4)
    }
  }
}
