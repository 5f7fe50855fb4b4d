/// How a gradient becomes a step.
public protocol Optimizer: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Refuses numbers that make no sense; none by default.
  ///
  /// - Throws: an error naming the rule.
  func validate() throws

  /// The same with another learning rate; `nil`, which is the default, where there is none.
  func replacingLearningRate(by rate: Schedule) -> Self?

  /// What is remembered from step to step for one picture, at the start.
  func start(parameterCount: Int) -> any OptimizerState
}

extension Optimizer {
  public func validate() throws {}

  public func replacingLearningRate(by rate: Schedule) -> Self? { nil }
}

/// What an optimizer remembers of one picture.
public protocol OptimizerState {
  /// Takes a step that makes the loss smaller.
  ///
  /// - Parameter gradient: `∂loss/∂parameter`, normalised where the recipe does so.
  /// - Parameter point: where the run stands and what the picture has reached.
  mutating func step(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint)
}

/// What an optimizer knows of a step beside the gradient.
public struct OptimizationPoint: Sendable {
  /// Where the run stands.
  public let moment: Moment
  /// The present value of what is to be raised, priors left out.
  public let objective: Float
  /// The present value of what is made small: minus the objective, and the priors.
  public let loss: Float

  /// - Parameters:
  ///   - moment: where the run stands.
  ///   - objective: the present value of what is to be raised.
  ///   - loss: the present value of what is made small; minus the objective unless given.
  public init(moment: Moment, objective: Float, loss: Float? = nil) {
    self.moment = moment
    self.objective = objective
    self.loss = loss ?? -objective
  }
}
