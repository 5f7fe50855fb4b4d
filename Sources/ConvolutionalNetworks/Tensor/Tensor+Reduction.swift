/// One number of all elements.
extension Tensor {
  /// `Σ x`, added up in double precision.
  public func sum() -> Float { span.sum() }

  /// `Σ x / n`, added up in double precision; NaN of no elements.
  public func mean() -> Float { span.mean() }

  /// The smallest element: NaN where one is; `nil` of no elements.
  public func minimum() -> Float? { span.minimum() }

  /// The largest element: NaN where one is; `nil` of no elements.
  public func maximum() -> Float? { span.maximum() }

  /// The position of the largest element in row-major order, the first of equal ones; `nil` of no elements. NaN counts as
  /// smaller than any number.
  public func argmax() -> Int? { span.argmax() }
}
