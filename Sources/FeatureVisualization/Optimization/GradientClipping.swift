/// Another optimizer's steps along gradients that are no longer than a limit: longer ones are scaled down to it.
///
/// `g ← g · min(1, limit / ‖g‖₂)`, of each picture's parameters by themselves.
/// Pascanu et al. 2013, https://arxiv.org/abs/1211.5063.
///
///     Adam(learningRate: 0.05).clippingGradients(toNorm: 1)
public struct GradientClipping: Optimizer {
  /// What takes the steps.
  public let optimizer: any Optimizer
  /// The greatest length of a gradient.
  public let norm: Float

  /// - Parameters:
  ///   - optimizer: what takes the steps.
  ///   - norm: the greatest length of a gradient.
  public init(_ optimizer: any Optimizer, toNorm norm: Float) {
    self.optimizer = optimizer
    self.norm = norm
  }

  public var name: String { "\(optimizer.name) of clipped gradients" }

  public func validate() throws {
    guard norm > 0, norm.isFinite else {
      throw VisualizationError.invalidArgument(
        "gradient clipping", "a norm of \(norm) is not positive")
    }
    try optimizer.validate()
  }

  public func replacingLearningRate(by rate: Schedule) -> GradientClipping? {
    optimizer.replacingLearningRate(by: rate).map { GradientClipping($0, toNorm: norm) }
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(
      norm: Double(norm), state: optimizer.start(parameterCount: parameterCount),
      clipped: Array(repeating: 0, count: parameterCount))
  }

  private struct State: OptimizerState {
    let norm: Double
    var state: any OptimizerState
    var clipped: [Float]

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let squares = Elements.sumOfSquares(gradient)
      guard squares > norm * norm else {
        return state.step(&parameters, gradient: gradient, at: point)
      }
      let factor = Float(norm / squares.squareRoot())
      // Its memory is kept for the next step.
      var scaled: [Float] = []
      swap(&scaled, &clipped)
      defer { swap(&scaled, &clipped) }
      scaled.withMutableSpan { scaled in
        Elements.copy(gradient, into: &scaled)
        Elements.scale(&scaled, by: factor)
      }
      state.step(&parameters, gradient: scaled.span, at: point)
    }
  }
}

extension Optimizer {
  /// The same steps along gradients that are no longer than `norm`.
  public func clippingGradients(toNorm norm: Float) -> GradientClipping {
    GradientClipping(self, toNorm: norm)
  }
}
