extension TensorExpression {
  /// The sum over axes, by default all but that of the pictures: `[N]`.
  ///
  /// - Parameter keepingAxes: whether the axes stay, with an extent of 1, so that the result goes with what it is made of.
  ///   That of the pictures never does, since the result is the same for all of them.
  public func sum(over axes: TensorAxes = .allButPictures, keepingAxes: Bool = false)
    -> TensorExpression
  {
    reduced(over: axes, keepingAxes, isMean: false)
  }

  /// The mean over axes, by default all but that of the pictures: `[N]`.
  ///
  /// - Parameter keepingAxes: as for `sum`.
  public func mean(over axes: TensorAxes = .allButPictures, keepingAxes: Bool = false)
    -> TensorExpression
  {
    reduced(over: axes, keepingAxes, isMean: true)
  }

  /// The largest element over axes, which alone gets the gradient; the first of equal ones.
  ///
  /// - Parameter keepingAxes: as for `sum`.
  public func maximum(over axes: TensorAxes = .allButPictures, keepingAxes: Bool = false)
    -> TensorExpression
  {
    TensorExpression(ExtremumOperation(axes: axes, keepsAxes: keepingAxes, isMaximum: true), self)
  }

  /// The smallest element over axes, which alone gets the gradient; the first of equal ones.
  ///
  /// - Parameter keepingAxes: as for `sum`.
  public func minimum(over axes: TensorAxes = .allButPictures, keepingAxes: Bool = false)
    -> TensorExpression
  {
    TensorExpression(ExtremumOperation(axes: axes, keepsAxes: keepingAxes, isMaximum: false), self)
  }

  /// The length `√(ε + Σ x²)` over axes; a length of 0 leaves no gradient.
  ///
  /// - Parameter keepingAxes: as for `sum`.
  public func norm(
    over axes: TensorAxes = .allButPictures, epsilon: Float = 0, keepingAxes: Bool = false
  ) -> TensorExpression {
    let squares = squared().sum(over: axes, keepingAxes: keepingAxes)
    return (epsilon == 0 ? squares : squares + epsilon).applying(LengthFunction())
  }

  /// What is the same for the whole batch, as each picture's N-th part of it, so that their sum is the whole: `[N]` of
  /// a number.
  public func dividedAmongPictures() -> TensorExpression {
    self * TensorExpression(.shareOfBatch)
  }

  private func reduced(over axes: TensorAxes, _ keepsAxes: Bool, isMean: Bool) -> TensorExpression {
    // A sum of squares takes them as it goes.
    if case .operation(let operation as UnaryOperation, let operands) = node.content,
      operation.function is SquareFunction
    {
      return TensorExpression(
        SumOperation(term: SquareTerm.self, axes: axes, keepsAxes: keepsAxes, isMean: isMean),
        TensorExpression(node: operands[0]))
    }
    return TensorExpression(
      SumOperation(term: ElementTerm.self, axes: axes, keepsAxes: keepsAxes, isMean: isMean), self)
  }
}
