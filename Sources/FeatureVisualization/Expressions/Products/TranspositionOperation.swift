/// The last two axes exchanged.
struct TranspositionOperation: TensorOperation {
  var name: String { "transposition" }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    var shape = operands[0]
    let last = shape.axes.count - 1
    guard last >= 1 else { throw ExpressionError("a picture's matrix has two axes", operands) }
    let (rows, columns) = (shape.axes[last - 1], shape.axes[last])
    shape.axes.swapAt(last - 1, last)
    return OperationPlan(
      shape: shape,
      kernel: TranspositionKernel(
        count: rows * columns > 0 ? shape.count / (rows * columns) : 0, rows: rows,
        columns: columns))
  }
}

struct TranspositionKernel: TensorKernel {
  let count, rows, columns: Int

  func compute(_ memory: KernelMemory) {
    let (x, y) = (memory.operand(0), memory.result)
    visit { y[$1] = x[$0] }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let g = memory.resultGradient
    visit { gradient[$0] += g[$1] }
  }

  /// Calls `body` with the place of each element and its place as transposed.
  @inline(__always)
  private func visit(_ body: (_ place: Int, _ transposed: Int) -> Void) {
    Stretch.forEach(of: count * rows, by: max(1, Stretch.length / max(columns, 1))) { lines in
      for line in lines {
        let (matrix, row) = line.quotientAndRemainder(dividingBy: rows)
        let target = matrix * rows * columns + row
        for column in 0..<columns { body(line * columns + column, target + column * rows) }
      }
    }
  }
}
