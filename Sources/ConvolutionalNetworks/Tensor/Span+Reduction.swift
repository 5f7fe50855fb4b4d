/// One number of many: of the elements of a `Tensor`, or of a picture that a loss looks at.
extension Span where Element == Float {
  /// `Σ x`, added up in double precision.
  public func sum() -> Float { Float(doubleSum) }

  /// `Σ x / n`, added up in double precision; NaN of no elements.
  public func mean() -> Float { Float(doubleSum / Double(count)) }

  /// The smallest element: NaN where one is; `nil` of no elements.
  public func minimum() -> Float? { extremum { $0 < $1 } }

  /// The largest element: NaN where one is; `nil` of no elements.
  public func maximum() -> Float? { extremum { $0 > $1 } }

  private var doubleSum: Double {
    var sum = 0.0
    for index in indices { sum += Double(self[index]) }
    return sum
  }

  private func extremum(_ isBeyond: (Float, Float) -> Bool) -> Float? {
    guard !isEmpty else { return nil }
    var found = self[0]
    for index in indices {
      let element = self[index]
      if element.isNaN { return element }
      if isBeyond(element, found) { found = element }
    }
    return found
  }
}
