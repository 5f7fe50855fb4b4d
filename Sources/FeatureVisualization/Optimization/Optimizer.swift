/// How a gradient becomes a step.
public protocol Optimizer: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Refuses numbers that make no sense.
  func validate() throws(VisualizationError)

  /// What is remembered from step to step for one picture, at the start.
  func start(parameterCount: Int) -> any OptimizerState
}

extension Optimizer {
  public func validate() throws(VisualizationError) {}
}

/// What an optimizer remembers of one picture.
public protocol OptimizerState {
  /// Takes a step that makes the loss smaller.
  ///
  /// - Parameter gradient: `∂loss/∂parameter`, normalised where the recipe does so.
  /// - Parameter objective: the present value of what is to be raised.
  mutating func step(
    _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, objective: Float)
}
