/// How a number of a transformation is drawn, anew at each step.
///
///     RandomScale(.uniform(0.9...1.1))
///     BoxCrop(side: .normal(mean: .linear(from: 0.5, to: 0.05), deviation: 0.05))
public enum Distribution: Sendable {
  /// One of a list, all equally likely; repeat one to make it likelier.
  case oneOf([Double])
  /// Evenly between two numbers, which may change from step to step.
  case uniform(from: Schedule, to: Schedule)
  /// Normally, of a mean and a deviation that may change from step to step.
  case normal(mean: Schedule, deviation: Schedule)

  /// Evenly in a range.
  public static func uniform(_ range: ClosedRange<Double>) -> Distribution {
    .uniform(from: Schedule(Float(range.lowerBound)), to: Schedule(Float(range.upperBound)))
  }

  /// Always the same number.
  public static func constant(_ number: Double) -> Distribution { .oneOf([number]) }

  /// Whether numbers differ by chance.
  var isRandom: Bool {
    switch self {
    case .oneOf(let numbers): numbers.count > 1
    case .uniform(let low, let high):
      low.constant == nil || high.constant == nil || low.constant != high.constant
    case .normal(_, let deviation): deviation.constant != 0
    }
  }

  /// A number, which is held in `range`.
  func draw(
    in range: ClosedRange<Double>, at moment: Moment, using generator: inout SeededGenerator
  ) -> Double {
    let number: Double
    switch self {
    case .oneOf(let numbers):
      number = numbers[generator.integer(in: 0...(numbers.count - 1))]
    case .uniform(let low, let high):
      let first = Double(low.value(at: moment))
      number = first + (Double(high.value(at: moment)) - first) * generator.uniform()
    case .normal(let mean, let deviation):
      number =
        Double(mean.value(at: moment)) + Double(deviation.value(at: moment)) * generator.normal()
    }
    // A schedule may give a number that is none.
    return number >= range.lowerBound ? min(number, range.upperBound) : range.lowerBound
  }

  /// Refuses numbers that are known to lie outside `range`.
  ///
  /// - Parameter name: what is drawn.
  func validate(_ name: String, in range: ClosedRange<Double>) throws(VisualizationError) {
    func isFit(_ number: Schedule) -> Bool {
      number.constant.map { range.contains(Double($0)) } ?? true
    }
    switch self {
    case .oneOf(let numbers):
      guard !numbers.isEmpty, numbers.allSatisfy({ range.contains($0) }) else {
        throw .invalidArgument(name, "a list of \(numbers) is empty or not in \(range)")
      }
    case .uniform(let low, let high):
      guard isFit(low), isFit(high), (low.constant ?? -.infinity) <= (high.constant ?? .infinity)
      else {
        throw .invalidArgument(
          name, "the range \(low.constant ?? 0)…\(high.constant ?? 0) is empty or not in \(range)")
      }
    case .normal(let mean, let deviation):
      guard isFit(mean), deviation.constant.map({ $0 >= 0 && $0.isFinite }) ?? true else {
        throw .invalidArgument(
          name,
          "a mean of \(mean.constant ?? 0) is not in \(range), or a deviation of "
            + "\(deviation.constant ?? 0) negative")
      }
    }
  }
}
