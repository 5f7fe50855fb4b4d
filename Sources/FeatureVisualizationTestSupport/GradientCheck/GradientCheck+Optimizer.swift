import FeatureVisualization

extension GradientCheck {
  /// Checks the rules of an optimizer: a first step goes down the gradient, the same gradients give the same steps, and
  /// what is remembered of one picture says nothing about another.
  ///
  ///     try GradientCheck.check(MyOptimizer())
  ///
  /// - Parameters:
  ///   - parameterCount: the numbers that are optimised.
  ///   - seed: fixes parameters and gradients.
  /// - Throws: `GradientCheckError.brokenRule` naming the rule; `GradientCheckError.refused` where the optimizer refuses
  ///   its own numbers.
  public static func check(
    _ optimizer: some Optimizer, parameterCount: Int = 12, seed: UInt64 = 0
  ) throws(GradientCheckError) {
    func broken(_ rule: String) -> GradientCheckError {
      .brokenRule(subject: optimizer.name, rule: rule)
    }
    try accepting(optimizer) { try optimizer.validate() }
    var random = SeededTensors(seed: seed)
    func draw() -> [Float] { random.uniform([parameterCount]).elements.map { Float($0) } }
    let start = draw()
    let gradients = (0..<8).map { _ in draw() }

    for gradient in gradients {
      let opposite = gradient.map { -$0 }
      let step = change(optimizer, from: start, along: [gradient])
      guard step.allSatisfy(\.isFinite) else { throw broken("a step makes parameters not finite") }
      guard step.contains(where: { $0 != 0 }) else {
        throw broken("a step changes no parameter: write into the parameters it is handed")
      }
      guard step != change(optimizer, from: start, along: [opposite]) else {
        throw broken("a gradient and its opposite give the same step")
      }
      let slope = zip(step, gradient).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      guard slope < 0 else {
        throw broken("the first step raises the loss: it goes against the gradient, not along it")
      }
    }

    let alone = change(optimizer, from: start, along: gradients)
    guard alone == change(optimizer, from: start, along: gradients) else {
      throw broken("the same gradients give other steps: what is remembered belongs in the state")
    }
    var states = (0..<2).map { _ in optimizer.start(parameterCount: parameterCount) }
    var parameters = [start, start]
    for gradient in gradients {
      take(&states[1], gradient.map { 2 - $0 }, &parameters[1])
      take(&states[0], gradient, &parameters[0])
    }
    guard zip(parameters[0], start).map({ $0 - $1 }) == alone else {
      throw broken("another picture's steps change this one's: states are each picture's own")
    }
  }

  /// What steps along `gradients` add to the parameters.
  private static func change(
    _ optimizer: some Optimizer, from start: [Float], along gradients: [[Float]]
  ) -> [Float] {
    var state = optimizer.start(parameterCount: start.count)
    var parameters = start
    for gradient in gradients { take(&state, gradient, &parameters) }
    return zip(parameters, start).map { $0 - $1 }
  }

  private static func take(
    _ state: inout any OptimizerState, _ gradient: [Float], _ parameters: inout [Float]
  ) {
    var span = parameters.mutableSpan
    state.step(
      &span, gradient: gradient.span,
      at: OptimizationPoint(moment: Moment(iteration: 10, of: 100), objective: 0.5))
  }
}
