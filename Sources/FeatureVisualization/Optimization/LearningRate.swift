/// How long a step of gradient descent is.
///
/// The progress policies are those of Yosinski's toolbox: a step along the gradient changes the objective by
/// about rate · |gradient|², so that the rate can be chosen for the progress that is wanted.
/// https://github.com/yosinski/deep-visualization-toolbox
public enum LearningRate: Sendable {
  /// The same rate throughout.
  case constant(Float)
  /// A rate that changes from step to step.
  case scheduled(Schedule)
  /// The rate that changes numbers by `amount` on average, `amount / mean |g|`: DeepDream's.
  case meanChange(Float)
  /// The rate that should raise the objective by `amount`, at most `maximum`.
  case progress(Float, maximum: Float)
  /// For probabilities: the rate that should raise the objective by `early`, or by `late` times what it lacks
  /// to 1 if that is less, at most `maximum`.
  case probabilityProgress(early: Float, late: Float, maximum: Float)

  /// The rate for a gradient.
  func rate(for gradient: Span<Float>, at point: OptimizationPoint) -> Float {
    func reaching(_ progress: Float, _ maximum: Float) -> Float {
      let squaredNorm = Float(Elements.sumOfSquares(gradient))
      return squaredNorm > 0 ? min(progress / squaredNorm, maximum) : maximum
    }
    switch self {
    case .constant(let rate): return rate
    case .scheduled(let rate): return rate.value(at: point.moment)
    case .meanChange(let amount):
      let sum = Elements.sumOfMagnitudes(gradient)
      return sum > 0 ? Float(Double(amount) * Double(gradient.count) / sum) : 0
    case .progress(let amount, let maximum): return reaching(amount, maximum)
    case .probabilityProgress(let early, let late, let maximum):
      return reaching(min(early, late * max(1 - point.objective, 0)), maximum)
    }
  }

  func validate() throws(VisualizationError) {
    let numbers: [Float] =
      switch self {
      case .constant(let rate), .meanChange(let rate): [rate]
      case .scheduled(let rate): rate.constant.map { [$0] } ?? []
      case .progress(let amount, let maximum): [amount, maximum]
      case .probabilityProgress(let early, let late, let maximum): [early, late, maximum]
      }
    guard numbers.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw .invalidArgument("learning rate", "\(self) is not positive")
    }
  }
}

extension Schedule {
  /// Refuses a constant rate that is not positive; one that changes may reach 0.
  func validateRate(_ optimizer: String) throws(VisualizationError) {
    guard let rate = constant else { return }
    guard rate > 0, rate.isFinite else {
      throw .invalidArgument(optimizer, "a learning rate of \(rate) is not positive")
    }
  }
}
