internal import CFVKernels

/// Plain gradient descent on the loss, which is gradient ascent on the objective: `θ ← θ − rate · g`.
///
/// Erhan et al. 2009.
public struct GradientDescent: Optimizer {
  /// How long a step is.
  public let learningRate: LearningRate

  public init(_ learningRate: LearningRate) { self.learningRate = learningRate }

  public var name: String { "GradientDescent" }

  public func validate() throws(VisualizationError) { try learningRate.validate() }

  public func replacingLearningRate(by rate: Schedule) -> GradientDescent? {
    GradientDescent(.scheduled(rate))
  }

  public func start(parameterCount: Int) -> any OptimizerState {
    State(learningRate: learningRate)
  }

  private struct State: OptimizerState {
    let learningRate: LearningRate

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let rate = learningRate.rate(for: gradient, at: point)
      parameters.withStretches(gradient) { parameters, gradient, range in
        cfv_step_descent(parameters, gradient, range.count, rate)
      }
    }
  }
}
