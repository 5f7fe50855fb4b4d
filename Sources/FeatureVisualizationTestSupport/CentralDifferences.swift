/// Derivatives by central differences, to check those that a program computes.
///
/// `f′(x) ≈ (8 (f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12h`, exact up to the fourth power of `h`.
/// Meaningful where `f` is smooth between `x − 2h` and `x + 2h`: keep away from kinks and ties.
public struct CentralDifferences: Sendable {
  /// `h`, times the magnitude of an element where that is above 1.
  public let step: Double

  /// The default step suits functions in double precision, whose derivatives come out to about 1e-11 of the
  /// function's size; one computed in single precision needs about 1e-2, for 1e-5.
  public init(step: Double = 1e-4) { self.step = step }

  /// The gradient of `function` at `point`, in as many evaluations as 4 times its number of elements.
  public func gradient<Failure: Error>(
    at point: DoubleTensor, of function: (DoubleTensor) throws(Failure) -> Double
  ) throws(Failure) -> DoubleTensor {
    var gradient = DoubleTensor(shape: point.shape)
    var moved = point
    for index in point.elements.indices {
      let element = point.elements[index]
      let step = step * max(1, abs(element))
      gradient.elements[index] = try derivative(step) { offset throws(Failure) in
        moved.elements[index] = element + offset
        return try function(moved)
      }
      moved.elements[index] = element
    }
    return gradient
  }

  /// The derivative of `function` at `point` along `direction`, `Σ gradient · direction`, in 4 evaluations:
  /// a check for tensors too large for `gradient`.
  ///
  /// - Precondition: `direction` has the shape of `point`.
  public func derivative<Failure: Error>(
    at point: DoubleTensor, along direction: DoubleTensor,
    of function: (DoubleTensor) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    precondition(direction.shape == point.shape, "a direction of another shape")
    return try derivative(step) { offset throws(Failure) in
      var moved = point
      for index in moved.elements.indices {
        moved.elements[index] += offset * direction.elements[index]
      }
      return try function(moved)
    }
  }

  private func derivative<Failure: Error>(
    _ h: Double, _ value: (_ offset: Double) throws(Failure) -> Double
  ) throws(Failure) -> Double {
    let near = try value(h) - value(-h)
    let far = try value(2 * h) - value(-2 * h)
    return (8 * near - far) / (12 * h)
  }
}
