/// How far stated derivatives are from measured ones.
public struct GradientReport: Sendable, Equatable {
  /// One derivative, as the code checked states it and as differences measure it.
  public struct Derivative: Sendable, Equatable {
    /// Which tensor: the subject of a loss, or the transformation drawn, counted from 0.
    public let tensor: Int
    /// The element's index along each axis of the tensor.
    public let index: [Int]
    /// What the code checked says.
    public let stated: Double
    /// What differences of values say.
    public let measured: Double
  }

  /// The name of what was checked.
  public let subject: String
  /// The number of derivatives compared.
  public let comparisonCount: Int
  /// The derivative with the largest error; `nil` where there was none to compare.
  public let worst: Derivative?
  /// The largest relative error.
  public let largestError: Double

  /// Whether every derivative is within `GradientCheck.tolerance`.
  public var isCorrect: Bool { largestError <= GradientCheck.tolerance }
}

extension GradientReport: CustomStringConvertible {
  public var description: String {
    guard let worst else { return "\(subject): nothing to differentiate" }
    return "\(subject): largest relative error \(largestError) of \(comparisonCount) derivatives, "
      + "at \(worst.index) of tensor \(worst.tensor): "
      + "stated \(worst.stated), measured \(worst.measured)"
  }
}

/// Row-major positions as an index along each axis.
func index(_ position: Int, in shape: [Int]) -> [Int] {
  var rest = position
  var index: [Int] = []
  for extent in shape.reversed() {
    index.append(rest % max(extent, 1))
    rest /= max(extent, 1)
  }
  return index.reversed()
}
