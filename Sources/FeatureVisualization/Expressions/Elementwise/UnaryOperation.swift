/// A function of a number, and its gradient.
protocol UnaryFunction: Sendable {
  var name: String { get }
  func value(_ x: Float) -> Float
  /// The gradient of `x`, given that of the value `y`, `g`.
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float
}

/// A function of each element.
struct UnaryOperation<Function: UnaryFunction>: TensorOperation {
  let function: Function
  var name: String { function.name }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    OperationPlan(
      shape: operands[0], kernel: UnaryKernel(function: function, count: operands[0].count))
  }
}

struct UnaryKernel<Function: UnaryFunction>: TensorKernel {
  let function: Function
  let count: Int

  func compute(_ memory: KernelMemory) {
    let (x, y) = (memory.operand(0), memory.result)
    Stretch.forEach(of: count) { for i in $0 { y[i] = function.value(x[i]) } }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let (x, y, g) = (memory.operand(0), memory.result, memory.resultGradient)
    Stretch.forEach(of: count) {
      for i in $0 { gradient[i] += function.gradient(g[i], x[i], y[i]) }
    }
  }
}

extension TensorExpression {
  func applying(_ function: some UnaryFunction) -> TensorExpression {
    TensorExpression(UnaryOperation(function: function), self)
  }
}
