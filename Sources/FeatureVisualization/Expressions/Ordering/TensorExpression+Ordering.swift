extension TensorExpression {
  /// `eˣ / Σ eˣ` along an axis: probabilities of what are logits.
  public func softmax(along axis: Int = -1) -> TensorExpression {
    TensorExpression(SoftmaxOperation(axis: axis, isLogarithmic: false), self)
  }

  /// `x − ln Σ eˣ` along an axis: `-logits.logSoftmax().unit(3)` is the cross-entropy to class 3.
  public func logSoftmax(along axis: Int = -1) -> TensorExpression {
    TensorExpression(SoftmaxOperation(axis: axis, isLogarithmic: true), self)
  }

  /// The elements along an axis in ascending order, equal ones as they lie.
  ///
  /// Gradients go back to the places that elements came from, as if those were fixed. The values of two layers' units,
  /// sorted, are equal where their distributions are.
  public func sorted(along axis: Int) -> TensorExpression {
    TensorExpression(SortingOperation(axis: axis, comparesMagnitudes: false), self)
  }

  /// The elements along an axis in ascending order of `|x|`, with their signs.
  public func sortedByMagnitude(along axis: Int) -> TensorExpression {
    TensorExpression(SortingOperation(axis: axis, comparesMagnitudes: true), self)
  }
}
