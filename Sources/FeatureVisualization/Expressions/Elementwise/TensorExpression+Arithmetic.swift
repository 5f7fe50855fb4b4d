// Each takes an expression, a number or a constant tensor on either side, broadcast as `TensorExpression` says.

/// The sum, element by element.
public func + (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(SumFunction.self, left, right)
}

/// The same with a number.
public func + (left: TensorExpression, right: Float) -> TensorExpression { left + .constant(right) }

/// The same with a number.
public func + (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) + right }

/// The same with a constant tensor.
public func + (left: TensorExpression, right: Tensor) -> TensorExpression {
  left + .constant(right)
}

/// The same with a constant tensor.
public func + (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) + right
}

/// The difference, element by element.
public func - (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(DifferenceFunction.self, left, right)
}

/// The same with a number.
public func - (left: TensorExpression, right: Float) -> TensorExpression { left - .constant(right) }

/// The same with a number.
public func - (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) - right }

/// The same with a constant tensor.
public func - (left: TensorExpression, right: Tensor) -> TensorExpression {
  left - .constant(right)
}

/// The same with a constant tensor.
public func - (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) - right
}

/// The product, element by element.
public func * (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(ProductFunction.self, left, right)
}

/// The same with a number.
public func * (left: TensorExpression, right: Float) -> TensorExpression { left * .constant(right) }

/// The same with a number.
public func * (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) * right }

/// The same with a constant tensor.
public func * (left: TensorExpression, right: Tensor) -> TensorExpression {
  left * .constant(right)
}

/// The same with a constant tensor.
public func * (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) * right
}

/// The quotient, element by element; infinite or NaN where the divisor is 0.
public func / (left: TensorExpression, right: TensorExpression) -> TensorExpression {
  TensorExpression(QuotientFunction.self, left, right)
}

/// The same with a number.
public func / (left: TensorExpression, right: Float) -> TensorExpression { left / .constant(right) }

/// The same with a number.
public func / (left: Float, right: TensorExpression) -> TensorExpression { .constant(left) / right }

/// The same with a constant tensor.
public func / (left: TensorExpression, right: Tensor) -> TensorExpression {
  left / .constant(right)
}

/// The same with a constant tensor.
public func / (left: Tensor, right: TensorExpression) -> TensorExpression {
  .constant(left) / right
}

/// Each element with its sign turned.
public prefix func - (expression: TensorExpression) -> TensorExpression {
  expression.applying(NegationFunction())
}
