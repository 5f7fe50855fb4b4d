/// The largest or the smallest element over axes, which alone gets the gradient: the first of equal ones.
struct ExtremumOperation: ReducingOperation {
  let axes: TensorAxes
  let keepsAxes: Bool
  let isMaximum: Bool

  var name: String { "\(isMaximum ? "maximum" : "minimum") over \(axes)" }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let reduction = try ReducedAxes(axes, of: operands[0], keepsAxes: keepsAxes)
    return OperationPlan(
      shape: reduction.shape,
      kernel: ExtremumKernel(
        runs: reduction.runs, count: reduction.shape.count, sign: isMaximum ? 1 : -1))
  }
}

struct ExtremumKernel: TensorKernel {
  let runs: BroadcastRuns
  let count: Int
  /// 1 for the largest, −1 for the smallest.
  let sign: Float

  /// Where each result was found.
  var stateCount: Int { 2 * count }

  func compute(_ memory: KernelMemory) {
    let (x, y) = (memory.operand(0), memory.result)
    let places = memory.state.assumingMemoryBound(to: Int.self)
    places.update(repeating: -1, count: count)
    runs.visit(inOrder: true) { run in
      for i in 0..<run.count {
        let (place, result) = (run.start + i, run.left + i * runs.leftStep)
        let best = places[result]
        // NaN once met stays.
        guard best < 0 || sign * x[place] > sign * x[best] || (x[place].isNaN && !x[best].isNaN)
        else { continue }
        places[result] = place
      }
    }
    for result in 0..<count { y[result] = x[places[result]] }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let g = memory.resultGradient
    let places = memory.state.assumingMemoryBound(to: Int.self)
    for result in 0..<count { gradient[places[result]] += g[result] }
  }
}
