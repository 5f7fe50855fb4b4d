internal import CFVKernels

/// Adam: steps of about the learning rate, by the ratio of running mean to running deviation of the gradient.
///
/// Kingma and Ba 2014, https://arxiv.org/abs/1412.6980.
public struct Adam: Optimizer {
  /// The length of a step where the gradient is steady.
  public let learningRate: Schedule
  /// How slowly the mean forgets.
  public let beta1: Float
  /// How slowly the mean square forgets.
  public let beta2: Float
  /// Added to the root.
  public let epsilon: Float

  public init(
    learningRate: Schedule = 0.05, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// The same for a rate in a variable.
  @_disfavoredOverload
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) {
    self.init(
      learningRate: Schedule(learningRate), beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  public var name: String { "Adam" }

  public func validate() throws(VisualizationError) {
    try learningRate.validateRate("Adam")
    guard (0..<1).contains(beta1), (0..<1).contains(beta2), epsilon > 0 else {
      throw .invalidArgument("Adam", "β \(beta1), \(beta2), ε \(epsilon)")
    }
  }

  public func replacingLearningRate(by rate: Schedule) -> Adam? {
    Adam(learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(
      rule: self, mean: Array(repeating: 0, count: parameterCount),
      square: Array(repeating: 0, count: parameterCount))
  }

  private struct State: OptimizerState {
    let rule: Adam
    var mean: [Float]
    var square: [Float]
    var power1: Float = 1
    var power2: Float = 1

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      power1 *= rule.beta1
      power2 *= rule.beta2
      let rate = rule.learningRate.value(at: point.moment) / (1 - power1)
      let correction = 1 / (1 - power2)
      mean.withUnsafeMutableBufferPointer { mean in
        square.withUnsafeMutableBufferPointer { square in
          parameters.withStretches(gradient) { parameters, gradient, range in
            guard let mean = mean.baseAddress, let square = square.baseAddress else { return }
            cfv_step_adam(
              parameters, mean + range.lowerBound, square + range.lowerBound, gradient,
              range.count, rule.beta1, rule.beta2, rate, correction, rule.epsilon)
          }
        }
      }
    }
  }
}
