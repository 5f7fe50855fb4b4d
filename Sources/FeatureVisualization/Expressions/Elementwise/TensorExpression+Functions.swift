extension TensorExpression {
  /// x² of each element.
  public func squared() -> TensorExpression { applying(SquareFunction()) }

  /// Each element held within a range; what is beyond it leaves no gradient.
  public func clamped(to range: ClosedRange<Float>) -> TensorExpression {
    applying(ClampFunction(low: range.lowerBound, high: range.upperBound))
  }

  /// The same numbers, through which no gradient passes.
  public func stoppingGradient() -> TensorExpression { TensorExpression(GradientStop(), self) }
}

/// |x| of each element; 0 leaves no gradient.
public func abs(_ x: TensorExpression) -> TensorExpression { x.applying(MagnitudeFunction()) }

/// eˣ of each element.
public func exp(_ x: TensorExpression) -> TensorExpression { x.applying(ExponentialFunction()) }

/// The natural logarithm of each element; NaN below 0, −∞ at 0.
public func log(_ x: TensorExpression) -> TensorExpression { x.applying(LogarithmFunction()) }

/// √x of each element; NaN below 0, with an infinite gradient at 0: see `TensorExpression.norm` for lengths.
public func sqrt(_ x: TensorExpression) -> TensorExpression { x.applying(SquareRootFunction()) }

/// Each element to a power; NaN where it is below 0 and the exponent is no integer.
public func pow(_ base: TensorExpression, _ exponent: Float) -> TensorExpression {
  exponent == 2 ? base.squared() : base.applying(FixedPowerFunction(exponent: exponent))
}

/// Each element to the power of another; NaN where it is below 0 and the exponent is no integer.
public func pow(_ base: TensorExpression, _ exponent: TensorExpression) -> TensorExpression {
  TensorExpression(PowerFunction.self, base, exponent)
}

/// The larger of two elements, which alone gets the gradient; the left one where they are equal.
public func max(_ left: TensorExpression, _ right: TensorExpression) -> TensorExpression {
  TensorExpression(LargerFunction.self, left, right)
}

/// The same with a number.
public func max(_ left: Float, _ right: TensorExpression) -> TensorExpression {
  max(.constant(left), right)
}

/// The same with a number.
public func max(_ left: TensorExpression, _ right: Float) -> TensorExpression {
  max(left, .constant(right))
}

/// The smaller of two elements, which alone gets the gradient; the left one where they are equal.
public func min(_ left: TensorExpression, _ right: TensorExpression) -> TensorExpression {
  TensorExpression(SmallerFunction.self, left, right)
}

/// The same with a number.
public func min(_ left: Float, _ right: TensorExpression) -> TensorExpression {
  min(.constant(left), right)
}

/// The same with a number.
public func min(_ left: TensorExpression, _ right: Float) -> TensorExpression {
  min(left, .constant(right))
}

/// The same numbers without their gradient.
private struct GradientStop: TensorOperation {
  var name: String { "stopped gradient" }
  var passesGradient: Bool { false }
  func plan(_ operands: [ExpressionShape]) -> OperationPlan {
    OperationPlan(shape: operands[0], kernel: nil)
  }
}
