// Each takes an expression, a number or a constant tensor on either side, broadcast as `TensorExpression` says.

/// The sum, element by element.
public func + (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(BinaryOperation<SumFunction>(), left, right)
}
public func + (left: TensorExpression, right: Float) -> TensorExpression { left + .constant(right) }
public func + (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) + right }
public func + (left: TensorExpression, right: Tensor) -> TensorExpression {
  left + .constant(right)
}
public func + (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) + right
}

/// The difference, element by element.
public func - (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(BinaryOperation<DifferenceFunction>(), left, right)
}
public func - (left: TensorExpression, right: Float) -> TensorExpression { left - .constant(right) }
public func - (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) - right }
public func - (left: TensorExpression, right: Tensor) -> TensorExpression {
  left - .constant(right)
}
public func - (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) - right
}

/// The product, element by element.
public func * (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(BinaryOperation<ProductFunction>(), left, right)
}
public func * (left: TensorExpression, right: Float) -> TensorExpression { left * .constant(right) }
public func * (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) * right }
public func * (left: TensorExpression, right: Tensor) -> TensorExpression {
  left * .constant(right)
}
public func * (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) * right
}

/// The quotient, element by element; infinite or NaN where the divisor is 0.
public func / (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(BinaryOperation<QuotientFunction>(), left, right)
}
public func / (left: TensorExpression, right: Float) -> TensorExpression { left / .constant(right) }
public func / (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) / right }
public func / (left: TensorExpression, right: Tensor) -> TensorExpression {
  left / .constant(right)
}
public func / (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) / right
}

/// Each element with its sign turned.
public prefix func - (expression: TensorExpression) -> TensorExpression {
  expression.applying(NegationFunction())
}
