/// A function of two numbers, and its gradients.
protocol BinaryFunction: Sendable {
  static var name: String { get }
  static func value(_ a: Float, _ b: Float) -> Float
  /// The gradient of `a`, given that of the value, `g`.
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float
  /// The gradient of `b`.
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float
}

/// A function of two numbers for each pair of elements.
struct BinaryOperation<Function: BinaryFunction>: TensorOperation {
  var name: String { Function.name }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let shape = try operands[0].broadcast(with: operands[1])
    let runs = BroadcastRuns(
      extents: shape.extents, left: operands[0].aligned(with: shape),
      right: operands[1].aligned(with: shape))
    return OperationPlan(shape: shape, kernel: BinaryKernel<Function>(runs: runs))
  }
}

struct BinaryKernel<Function: BinaryFunction>: TensorKernel {
  let runs: BroadcastRuns

  func compute(_ memory: KernelMemory) {
    let (a, b, y) = (memory.operand(0), memory.operand(1), memory.result)
    runs.forEach { run in
      let y = y + run.start
      each(run, a, b) { y[$0] = Function.value($1, $2) }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    if let left = memory.gradient(0) {
      add(memory, to: left, at: \.left, step: runs.leftStep, isWhole: runs.leftIsWhole) {
        Function.leftGradient($0, $1, $2)
      }
    }
    if let right = memory.gradient(1) {
      add(memory, to: right, at: \.right, step: runs.rightStep, isWhole: runs.rightIsWhole) {
        Function.rightGradient($0, $1, $2)
      }
    }
  }

  @inline(__always)
  private func add(
    _ memory: KernelMemory, to gradient: UnsafeMutablePointer<Float>,
    at place: (BroadcastRuns.Run) -> Int, step: Int, isWhole: Bool,
    _ function: (Float, Float, Float) -> Float
  ) {
    let (a, b, g) = (memory.operand(0), memory.operand(1), memory.resultGradient)
    // Elements that stand for several are added to in order.
    runs.forEach(inOrder: !isWhole) { run in
      let g = g + run.start
      let target = gradient + place(run)
      if step == 1 {
        each(run, a, b) { target[$0] += function(g[$0], $1, $2) }
      } else {
        var sum = 0.0
        each(run, a, b) { sum += Double(function(g[$0], $1, $2)) }
        target[0] += Float(sum)
      }
    }
  }

  /// Calls `body` with the place of each element of a run, and the operands' elements there.
  @inline(__always)
  private func each(
    _ run: BroadcastRuns.Run, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    _ body: (Int, Float, Float) -> Void
  ) {
    let (a, b) = (a + run.left, b + run.right)
    switch (runs.leftStep, runs.rightStep) {
    case (0, 0):
      let (a, b) = (a[0], b[0])
      for i in 0..<run.count { body(i, a, b) }
    case (0, _):
      let a = a[0]
      for i in 0..<run.count { body(i, a, b[i]) }
    case (_, 0):
      let b = b[0]
      for i in 0..<run.count { body(i, a[i], b) }
    default:
      for i in 0..<run.count { body(i, a[i], b[i]) }
    }
  }
}
