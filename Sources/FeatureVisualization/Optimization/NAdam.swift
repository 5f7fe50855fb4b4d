internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// NAdam: Adam with Nesterov's momentum, whose share grows from about half of β₁ to β₁.
///
/// At step t, counted from 1, with Adam's running mean m, running mean square v and `μₜ = β₁ · (1 − 0.96^(t·ψ) / 2)`:
/// `θ ← θ − rate · (μₜ₊₁ · m / (1 − μ₁…μₜ₊₁) + (1 − μₜ) · g / (1 − μ₁…μₜ)) / (√(v / (1 − β₂ᵗ)) + ε)`.
///
/// PyTorch's ψ is 0.004 and its ε 1e-8; Keras' are 1 and 1e-7 (`keras`). The momentum of the two is the same in the end,
/// PyTorch's after a thousand steps and Keras' after fifty: Xplique's and Horama's recipes differ by that.
/// Dozat 2016, https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ;
/// https://pytorch.org/docs/stable/generated/torch.optim.NAdam.html.
public struct NAdam: Optimizer {
  /// The length of a step where the gradient is steady.
  public let learningRate: Schedule
  /// How slowly the mean forgets.
  public let beta1: Float
  /// How slowly the mean square forgets.
  public let beta2: Float
  /// Added to the root.
  public let epsilon: Float
  /// ψ, how fast the momentum grows.
  public let momentumDecay: Float

  /// With PyTorch's constants unless given.
  ///
  /// - Parameter momentumDecay: ψ, how fast the momentum grows.
  public init(
    learningRate: Schedule = 0.002, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8, momentumDecay: Float = 0.004
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
  }

  /// The same for a rate in a variable.
  @_disfavoredOverload
  public init(
    learningRate: Float, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    momentumDecay: Float = 0.004
  ) {
    self.init(
      learningRate: Schedule(learningRate), beta1: beta1, beta2: beta2, epsilon: epsilon,
      momentumDecay: momentumDecay)
  }

  /// With Keras' constants.
  public static func keras(learningRate: Schedule = 0.001) -> NAdam {
    NAdam(learningRate: learningRate, epsilon: 1e-7, momentumDecay: 1)
  }

  public var name: String { "NAdam" }

  public func validate() throws(VisualizationError) {
    try learningRate.validateRate(name)
    guard (0..<1).contains(beta1), (0..<1).contains(beta2), epsilon > 0, momentumDecay >= 0,
      momentumDecay.isFinite
    else {
      throw .invalidArgument(
        name, "β \(beta1), \(beta2), ε \(epsilon), momentum decay \(momentumDecay)")
    }
  }

  public func replacingLearningRate(by rate: Schedule) -> NAdam? {
    NAdam(
      learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      momentumDecay: momentumDecay)
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(
      rule: self, mean: Array(repeating: 0, count: parameterCount),
      square: Array(repeating: 0, count: parameterCount))
  }

  /// μₜ.
  private func momentum(_ step: Int) -> Double {
    Double(beta1) * (1 - 0.5 * pow(0.96, Double(step) * Double(momentumDecay)))
  }

  private struct State: OptimizerState {
    let rule: NAdam
    var mean: [Float]
    var square: [Float]
    var count = 0
    /// μ₁ … μₜ.
    var product = 1.0
    /// β₂ᵗ.
    var power = 1.0

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      count += 1
      let (present, next) = (rule.momentum(count), rule.momentum(count + 1))
      product *= present
      power *= Double(rule.beta2)
      let rate = Double(rule.learningRate.value(at: point.moment))
      let meanRate = Float(rate * next / (1 - product * next))
      let gradientRate = Float(rate * (1 - present) / (1 - product))
      let correction = Float(1 / (1 - power))
      mean.withUnsafeMutableBufferPointer { mean in
        square.withUnsafeMutableBufferPointer { square in
          parameters.withStretches(gradient) { parameters, gradient, range in
            guard let mean = mean.baseAddress, let square = square.baseAddress else { return }
            cfv_step_nadam(
              parameters, mean + range.lowerBound, square + range.lowerBound, gradient,
              range.count, rule.beta1, rule.beta2, meanRate, gradientRate, correction,
              rule.epsilon)
          }
        }
      }
    }
  }
}
