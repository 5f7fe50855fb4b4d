/// AdamW: Adam, and before each step every parameter shrinks by the rate times a weight decay.
///
/// `θ ← (1 − rate · λ) · θ`, then Adam's step. Unlike a penalty of squares, the decay does not pass through Adam's
/// division, so that all parameters shrink alike.
/// Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101.
public struct AdamW: Optimizer {
  /// The step that follows the decay.
  public let adam: Adam
  /// λ, what a rate of 1 would take away of every parameter.
  public let weightDecay: Float

  /// With PyTorch's constants unless given.
  ///
  /// - Parameter weightDecay: λ, what a rate of 1 would take away of every parameter.
  public init(
    learningRate: Schedule = 0.001, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, weightDecay: Float = 0.01
  ) {
    adam = Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    self.weightDecay = weightDecay
  }

  /// The same for a rate in a variable.
  @_disfavoredOverload
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    weightDecay: Float = 0.01
  ) {
    self.init(
      learningRate: Schedule(learningRate), beta1: beta1, beta2: beta2, epsilon: epsilon,
      weightDecay: weightDecay)
  }

  public var name: String { "AdamW" }

  public func validate() throws(VisualizationError) {
    try adam.validate()
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw .invalidArgument(name, "a weight decay of \(weightDecay) is negative or not finite")
    }
    if let rate = adam.learningRate.constant, rate * weightDecay > 1 {
      throw .invalidArgument(
        name, "a rate of \(rate) times a weight decay of \(weightDecay) is more than all")
    }
  }

  public func replacingLearningRate(by rate: Schedule) -> AdamW? {
    AdamW(
      learningRate: rate, beta1: adam.beta1, beta2: adam.beta2, epsilon: adam.epsilon,
      weightDecay: weightDecay)
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(rule: self, adam: adam.start(parameterCount: parameterCount))
  }

  private struct State: OptimizerState {
    let rule: AdamW
    var adam: any OptimizerState

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let rate = rule.adam.learningRate.value(at: point.moment)
      if rule.weightDecay > 0 { Elements.scale(&parameters, by: 1 - rate * rule.weightDecay) }
      adam.step(&parameters, gradient: gradient, at: point)
    }
  }
}
