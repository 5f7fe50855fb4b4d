internal import CFVKernels

/// RMSProp as keras-vis has it: `c ← ρ·c + (1 − ρ)·g²`, `θ ← θ − rate · g / √(c + ε)`.
public struct RMSProp: Optimizer {
  /// The length of a step where the gradient is steady.
  public let learningRate: Schedule
  /// How slowly the mean square forgets.
  public let rho: Float
  /// Added under the root.
  public let epsilon: Float

  public init(learningRate: Schedule = 1, rho: Float = 0.95, epsilon: Float = 1e-7) {
    self.learningRate = learningRate
    self.rho = rho
    self.epsilon = epsilon
  }

  /// The same for a rate in a variable.
  @_disfavoredOverload
  public init(learningRate: Float, rho: Float = 0.95, epsilon: Float = 1e-7) {
    self.init(learningRate: Schedule(learningRate), rho: rho, epsilon: epsilon)
  }

  public var name: String { "RMSProp" }

  public func validate() throws(VisualizationError) {
    try learningRate.validateRate("RMSProp")
    guard (0..<1).contains(rho), epsilon > 0 else {
      throw .invalidArgument("RMSProp", "ρ \(rho), ε \(epsilon)")
    }
  }

  public func replacingLearningRate(by rate: Schedule) -> RMSProp? {
    RMSProp(learningRate: rate, rho: rho, epsilon: epsilon)
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(rule: self, cache: Array(repeating: 0, count: parameterCount))
  }

  private struct State: OptimizerState {
    let rule: RMSProp
    var cache: [Float]

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let rate = rule.learningRate.value(at: point.moment)
      cache.withUnsafeMutableBufferPointer { cache in
        parameters.withStretches(gradient) { parameters, gradient, range in
          guard let cache = cache.baseAddress else { return }
          cfv_step_rmsprop(
            parameters, cache + range.lowerBound, gradient, range.count, rule.rho,
            rate, rule.epsilon)
        }
      }
    }
  }
}
