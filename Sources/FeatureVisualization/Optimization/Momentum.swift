internal import CFVKernels

/// Gradient descent with momentum: steps along a sum of gradients, of which older ones fade.
///
/// `v ← μ·v + g`, `θ ← θ − rate · v`; Nesterov's form steps by `g + μ·v` instead of v, which is where the momentum will
/// have taken it. PyTorch's convention: g enters v whole, so that a steady gradient ends in steps of `rate · g / (1 − μ)`.
/// Sutskever et al. 2013, https://proceedings.mlr.press/v28/sutskever13.html;
/// https://pytorch.org/docs/stable/generated/torch.optim.SGD.html.
public struct Momentum: Optimizer {
  /// What a velocity is multiplied by to be a step.
  public let learningRate: Schedule
  /// μ, the share of the velocity that stays, from 0 to below 1.
  public let momentum: Float
  /// Whether steps look ahead.
  public let isNesterov: Bool

  /// - Parameters:
  ///   - learningRate: what a velocity is multiplied by to be a step.
  ///   - momentum: μ, the share of the velocity that stays, from 0 to below 1.
  ///   - isNesterov: whether steps look ahead.
  public init(learningRate: Schedule, momentum: Float = 0.9, isNesterov: Bool = false) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
  }

  /// The same for a rate in a variable.
  @_disfavoredOverload
  public init(learningRate: Float, momentum: Float = 0.9, isNesterov: Bool = false) {
    self.init(learningRate: Schedule(learningRate), momentum: momentum, isNesterov: isNesterov)
  }

  public var name: String { "Momentum" }

  public func validate() throws(VisualizationError) {
    try learningRate.validateRate(name)
    guard (0..<1).contains(momentum) else {
      throw .invalidArgument(name, "a momentum of \(momentum) is not in 0..<1")
    }
  }

  public func replacingLearningRate(by rate: Schedule) -> Momentum? {
    Momentum(learningRate: rate, momentum: momentum, isNesterov: isNesterov)
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(rule: self, velocity: Array(repeating: 0, count: parameterCount))
  }

  private struct State: OptimizerState {
    let rule: Momentum
    var velocity: [Float]

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let rate = rule.learningRate.value(at: point.moment)
      velocity.withUnsafeMutableBufferPointer { velocity in
        parameters.withStretches(gradient) { parameters, gradient, range in
          guard let velocity = velocity.baseAddress else { return }
          cfv_step_momentum(
            parameters, velocity + range.lowerBound, gradient, range.count, rule.momentum,
            rule.isNesterov ? rate * rule.momentum : rate, rule.isNesterov ? rate : 0)
        }
      }
    }
  }
}
