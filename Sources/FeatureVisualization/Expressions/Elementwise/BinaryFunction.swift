/// A function of two numbers, and its gradients.
///
/// The loops are requirements, so that each function has its own, compiled for it.
protocol BinaryFunction: Sendable {
  static var name: String { get }
  static func value(_ a: Float, _ b: Float) -> Float
  /// The gradient of `a`, given that of the value, `g`.
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float
  /// The gradient of `b`.
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float

  /// Writes the value of all pairs of elements.
  static func compute(_ memory: KernelMemory, along runs: BroadcastRuns)
  /// Adds to the gradients of both operands.
  static func pullBack(_ memory: KernelMemory, along runs: BroadcastRuns)
}

extension BinaryFunction {
  static func compute(_ memory: KernelMemory, along runs: BroadcastRuns) {
    let (a, b, y) = (memory.operand(0), memory.operand(1), memory.result)
    runs.visit { run in
      let y = y + run.start
      each(run, of: runs, a, b) { y[$0] = value($1, $2) }
    }
  }

  static func pullBack(_ memory: KernelMemory, along runs: BroadcastRuns) {
    let (a, b, g) = (memory.operand(0), memory.operand(1), memory.resultGradient)
    // Elements that stand for several are added to in order.
    if let gradient = memory.gradient(0) {
      runs.visit(inOrder: !runs.leftIsWhole) { run in
        let (g, gradient) = (g + run.start, gradient + run.left)
        if runs.leftStep == 1 {
          each(run, of: runs, a, b) { gradient[$0] += leftGradient(g[$0], $1, $2) }
        } else {
          var sum = 0.0
          each(run, of: runs, a, b) { sum += Double(leftGradient(g[$0], $1, $2)) }
          gradient[0] += Float(sum)
        }
      }
    }
    if let gradient = memory.gradient(1) {
      runs.visit(inOrder: !runs.rightIsWhole) { run in
        let (g, gradient) = (g + run.start, gradient + run.right)
        if runs.rightStep == 1 {
          each(run, of: runs, a, b) { gradient[$0] += rightGradient(g[$0], $1, $2) }
        } else {
          var sum = 0.0
          each(run, of: runs, a, b) { sum += Double(rightGradient(g[$0], $1, $2)) }
          gradient[0] += Float(sum)
        }
      }
    }
  }

  /// Calls `body` with the place of each element of a run, and the operands' elements there.
  @inline(__always)
  private static func each(
    _ run: BroadcastRuns.Run, of runs: BroadcastRuns, _ a: UnsafePointer<Float>,
    _ b: UnsafePointer<Float>, _ body: (Int, Float, Float) -> Void
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
