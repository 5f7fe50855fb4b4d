/// A function of each element.
struct UnaryOperation: TensorOperation {
  let function: any UnaryFunction
  var name: String { function.name }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    OperationPlan(
      shape: operands[0], kernel: UnaryKernel(function: function, count: operands[0].count))
  }
}

struct UnaryKernel: TensorKernel {
  let function: any UnaryFunction
  let count: Int

  func compute(_ memory: KernelMemory) {
    function.compute(memory.operand(0), memory.result, count)
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    function.pullBack(
      memory.operand(0), memory.result, memory.resultGradient, count, to: gradient)
  }
}

extension TensorExpression {
  func applying(_ function: any UnaryFunction) -> TensorExpression {
    TensorExpression(UnaryOperation(function: function), self)
  }
}
