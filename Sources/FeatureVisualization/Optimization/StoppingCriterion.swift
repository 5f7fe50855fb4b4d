/// When a picture is done before the last iteration.
public enum StoppingCriterion: Sendable, Equatable {
  /// Once the sum that is optimised, the objective less weighted regularizers as measured at each step, has not risen
  /// by more than `tolerance` times its magnitude within `patience` steps.
  ///
  /// Transformations drawn anew at each step make the sum noisy: give them patience.
  case plateau(patience: Int, tolerance: Float = 1e-3)

  func validate() throws(VisualizationError) {
    switch self {
    case .plateau(let patience, let tolerance):
      guard patience > 0, tolerance >= 0, tolerance.isFinite else {
        throw .invalidArgument("stopping", "\(self): a patience over 0, a tolerance from 0 on")
      }
    }
  }

  /// What is remembered of one picture.
  struct Memory {
    private var highest = -Float.infinity
    private var iteration = 0

    /// Takes in the sum of an iteration; whether the picture is done.
    mutating func isReached(
      _ criterion: StoppingCriterion, _ sum: Float, at iteration: Int
    ) -> Bool {
      switch criterion {
      case .plateau(let patience, let tolerance):
        if highest == -.infinity || sum > highest + tolerance * abs(highest) {
          (highest, self.iteration) = (sum, iteration)
        }
        return iteration - self.iteration >= patience
      }
    }
  }
}
