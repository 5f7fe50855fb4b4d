/// A function of two elements for each pair of them.
struct BinaryOperation: TensorOperation {
  let function: any BinaryFunction.Type

  var name: String { function.name }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let shape = try operands[0].broadcast(with: operands[1])
    let runs = BroadcastRuns(
      extents: shape.extents, left: operands[0].aligned(with: shape),
      right: operands[1].aligned(with: shape))
    return OperationPlan(shape: shape, kernel: BinaryKernel(function: function, runs: runs))
  }
}

struct BinaryKernel: TensorKernel {
  let function: any BinaryFunction.Type
  let runs: BroadcastRuns

  func compute(_ memory: KernelMemory) { function.compute(memory, along: runs) }
  func pullBack(_ memory: KernelMemory) { function.pullBack(memory, along: runs) }
}

extension TensorExpression {
  init(_ function: any BinaryFunction.Type, _ left: TensorExpression, _ right: TensorExpression) {
    self.init(BinaryOperation(function: function), left, right)
  }
}
