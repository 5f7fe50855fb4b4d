/// Arithmetic element by element.
extension Tensor {
  /// A tensor of the same shape that holds what `transform` makes of each element.
  ///
  ///     let shown = gradient.map { 0.5 + 4 * $0 }
  public func map<Failure: Error>(_ transform: (Float) throws(Failure) -> Float) throws(Failure)
    -> Tensor
  {
    var result = self
    var elements = result.mutableSpan
    for index in elements.indices { elements[index] = try transform(elements[index]) }
    return result
  }

  /// A tensor of the same shape that holds what `combine` makes of each element and that of another tensor.
  ///
  ///     let change = try after.combined(with: before, -)
  ///
  /// - Throws: `VisualizationError.invalidOperands` where the shapes differ.
  public func combined(with other: Tensor, _ combine: (Float, Float) -> Float)
    throws(VisualizationError)
    -> Tensor
  {
    guard shape == other.shape else {
      throw .invalidOperands(
        operation: "combining", shapes: [shape, other.shape], reason: "they must have one shape")
    }
    var result = self
    var elements = result.mutableSpan
    let others = other.span
    for index in elements.indices { elements[index] = combine(elements[index], others[index]) }
    return result
  }
}
