import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Optimizers take PyTorch's steps, and NAdam Keras' too: a constant of another library makes another recipe.
struct OptimizerReferenceTests {
  /// An optimizer and the parameters after each of its steps.
  struct Rule: Sendable, CustomTestStringConvertible {
    let optimizer: any Optimizer
    let steps: [[Float]]
    var testDescription: String { optimizer.name }

    static let all = [
      Rule(optimizer: Momentum(learningRate: 0.1), steps: OptimizerReference.momentum),
      Rule(
        optimizer: Momentum(learningRate: 0.1, momentum: 0.8, isNesterov: true),
        steps: OptimizerReference.nesterov),
      Rule(optimizer: NAdam(learningRate: 0.1), steps: OptimizerReference.nadam),
      Rule(optimizer: NAdam.keras(learningRate: 0.1), steps: OptimizerReference.kerasNAdam),
      Rule(
        optimizer: AdamW(learningRate: 0.1, weightDecay: 0.3), steps: OptimizerReference.adamW),
      Rule(
        optimizer: Adam(learningRate: 0.1).clippingGradients(toNorm: 1),
        steps: OptimizerReference.clippedAdam),
    ]
  }

  @Test(arguments: Rule.all)
  func `steps are those of the reference`(rule: Rule) throws {
    try rule.optimizer.validate()
    var parameters = OptimizerReference.start[0]
    var state = rule.optimizer.start(parameterCount: parameters.count)
    for (index, gradient) in OptimizerReference.gradients.enumerated() {
      var span = parameters.mutableSpan
      state.step(
        &span, gradient: gradient.span,
        at: OptimizationPoint(moment: Moment(iteration: index, of: 8), objective: 0))
      for (found, expected) in zip(parameters, rule.steps[index]) {
        #expect(abs(found - expected) < 2e-6 * max(1, abs(expected)), "step \(index)")
      }
    }
  }

  @Test(arguments: Rule.all)
  func `the rules of an optimizer hold`(rule: Rule) throws {
    try GradientCheck.check(rule.optimizer)
    try GradientCheck.check(rule.optimizer, parameterCount: 20_001)
  }

  /// Protects gradients that are short enough: clipping leaves them alone.
  @Test func `only long gradients are clipped`() {
    func step(_ gradient: [Float]) -> [Float] {
      var parameters: [Float] = [0, 0]
      var state = GradientDescent(.constant(1)).clippingGradients(toNorm: 2)
        .start(parameterCount: 2)
      var span = parameters.mutableSpan
      state.step(
        &span, gradient: gradient.span,
        at: OptimizationPoint(moment: Moment(iteration: 0, of: 1), objective: 0))
      return parameters
    }
    #expect(step([0.6, -0.8]) == [-0.6, 0.8])
    #expect(largestDifference(step([30, -40]), [-1.2, 1.6]) < 1e-6)
  }

  /// Protects the schedule of DeepInversion and ColorShift: it rises to its peak while it warms up and ends near 0.
  @Test(
    arguments: [
      GradientDescent(.scheduled(.cosine(0.5, warmUp: 4))),
      Momentum(learningRate: .cosine(0.5, warmUp: 4), momentum: 0),
    ] as [any Optimizer])
  func `rates follow a cosine with warm-up`(optimizer: any Optimizer) {
    var parameters: [Float] = [0]
    var state = optimizer.start(parameterCount: 1)
    let steps = (0..<24).map { iteration in
      let before = parameters[0]
      let gradient: [Float] = [-1]
      var span = parameters.mutableSpan
      state.step(
        &span, gradient: gradient.span,
        at: OptimizationPoint(moment: Moment(iteration: iteration, of: 24), objective: 0))
      return parameters[0] - before
    }
    #expect(largestDifference(Array(steps[..<5]), [0.125, 0.25, 0.375, 0.5, 0.5]) < 1e-5)
    // Half of the cosine's way, and its last step: ½ (1 + cos 19π/20) of the peak.
    #expect(abs(steps[14] - 0.25) < 1e-5)
    #expect(abs(steps[23] - 0.5 * 0.00615583) < 1e-5)
  }

  @Test(
    arguments: [
      Momentum(learningRate: 0), Momentum(learningRate: 1, momentum: 1),
      Momentum(learningRate: 1, momentum: .nan), NAdam(learningRate: -1), NAdam(beta1: 1),
      NAdam(epsilon: 0), NAdam(momentumDecay: -1), NAdam(momentumDecay: .infinity),
      AdamW(learningRate: .nan), AdamW(weightDecay: -0.1), AdamW(learningRate: 2, weightDecay: 0.6),
      Adam().clippingGradients(toNorm: 0), Adam(beta1: 2).clippingGradients(toNorm: 1),
      Adam().clippingGradients(toNorm: .nan),
    ] as [any Optimizer])
  func `impossible numbers are refused`(optimizer: any Optimizer) throws {
    var preset = Preset.smallSteps(1)
    preset.optimizer = optimizer
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(of: "dense", units: [0], preset: preset)
    }
  }

  @Test(
    arguments: [
      Momentum(learningRate: 0.02), Momentum(learningRate: 0.02, isNesterov: true),
      NAdam(learningRate: 0.02), AdamW(learningRate: 0.02, weightDecay: 0.01),
      Adam(learningRate: 0.02).clippingGradients(toNorm: 0.1),
    ] as [any Optimizer])
  func `three steps raise the objective`(optimizer: any Optimizer) throws {
    var preset = Preset.smallSteps(4)
    preset.optimizer = optimizer
    let drawn = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [1], preset: preset)
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 < $1 }, "\(objectives)")
  }
}
