extension DoubleTensor {
  /// The distance from `expected` relative to its length: `‖self − expected‖₂ / ‖expected‖₂`.
  ///
  /// The measure for gradients, whose small elements mean little. 0 where both are zero; NaN where an
  /// element is.
  ///
  /// - Precondition: the shapes are equal.
  public func relativeL2Error(from expected: DoubleTensor) -> Double {
    let distance = differences(from: expected).reduce(0) { $0 + $1 * $1 }.squareRoot()
    let length = expected.elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return distance == 0 ? 0 : distance / length
  }

  /// The largest difference from `expected` relative to its largest magnitude:
  /// `max |self − expected| / max |expected|`.
  ///
  /// The measure for activations. 0 where both are zero; NaN where an element is.
  ///
  /// - Precondition: the shapes are equal.
  public func largestRelativeError(from expected: DoubleTensor) -> Double {
    let difference = Self.largestMagnitude(differences(from: expected))
    return difference == 0 ? 0 : difference / Self.largestMagnitude(expected.elements)
  }

  private func differences(from expected: DoubleTensor) -> [Double] {
    precondition(shape == expected.shape, "shapes \(shape) and \(expected.shape) differ")
    return zip(elements, expected.elements).map { $0 - $1 }
  }

  /// NaN where an element is: `max` would pass over it.
  private static func largestMagnitude(_ elements: [Double]) -> Double {
    elements.reduce(0) { $1.isNaN ? .nan : Swift.max($0, abs($1)) }
  }
}
