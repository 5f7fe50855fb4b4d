#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A number that may change from step to step: a weight or a rate.
///
///     .linear(from: 0, to: 1) * ActivationMaximization(layer: "fc8", units: [130])
///     Adam(learningRate: .cosine(0.2, warmUp: 100))
public struct Schedule: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  private let function: @Sendable (Moment) -> Float
  /// The number, where it is the same at every step.
  public let constant: Float?

  /// The same number at every step.
  public init(_ number: Float) {
    constant = number
    function = { _ in number }
  }

  public init(floatLiteral number: Float) { self.init(number) }

  public init(integerLiteral number: Int) { self.init(Float(number)) }

  /// A number that `function` gives for each step.
  public init(_ function: @escaping @Sendable (Moment) -> Float) {
    constant = nil
    self.function = function
  }

  /// The number at a step.
  public func value(at moment: Moment) -> Float { function(moment) }

  /// The same number at every step.
  public static func constant(_ number: Float) -> Schedule { Schedule(number) }

  /// From the first number to the second in equal steps, `a + (b − a) · min(i / (n − 1), 1)`.
  ///
  /// - Parameter count: n, the steps that it takes; those of the stage unless given.
  public static func linear(from first: Float, to last: Float, over count: Int? = nil) -> Schedule {
    Schedule { moment in
      let steps = Float(max((count ?? moment.iterationCount) - 1, 1))
      return first + (last - first) * min(Float(moment.iteration) / steps, 1)
    }
  }

  /// From 0 to `peak` in equal steps while it warms up, then along half a cosine to 0.
  ///
  /// `peak · (i + 1) / w` for i < w, then `peak · (1 + cos(π (i − w) / (n − w))) / 2` for n iterations of the stage.
  ///
  /// - Parameter warmUp: w, the steps that the rise takes.
  public static func cosine(_ peak: Float, warmUp: Int = 0) -> Schedule {
    Schedule { moment in
      if moment.iteration < warmUp { return peak * Float(moment.iteration + 1) / Float(warmUp) }
      let rest = Double(max(moment.iterationCount - warmUp, 1))
      return peak * Float((1 + cos(.pi * Double(moment.iteration - warmUp) / rest)) / 2)
    }
  }

  /// The number that `combine` makes of two at each step.
  func combined(
    with other: Schedule, _ combine: @escaping @Sendable (Float, Float) -> Float
  ) -> Schedule {
    if let left = constant, let right = other.constant { return Schedule(combine(left, right)) }
    return Schedule { combine(self.value(at: $0), other.value(at: $0)) }
  }
}
