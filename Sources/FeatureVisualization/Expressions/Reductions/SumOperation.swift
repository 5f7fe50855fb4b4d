/// The sum or the mean over axes of each element or of its square.
struct SumOperation: ReducingOperation {
  let term: any SumTerm.Type
  let axes: TensorAxes
  let keepsAxes: Bool
  let isMean: Bool

  var name: String { "\(isMean ? "mean" : "sum") over \(axes)" }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let reduction = try ReducedAxes(axes, of: operands[0], keepsAxes: keepsAxes)
    let factor = isMean ? 1 / Double(reduction.termCount) : 1
    return OperationPlan(
      shape: reduction.shape,
      kernel: SumKernel(
        term: term, runs: reduction.runs, count: reduction.shape.count, factor: factor))
  }
}

struct SumKernel: TensorKernel {
  let term: any SumTerm.Type
  let runs: BroadcastRuns
  /// The number of sums.
  let count: Int
  let factor: Double

  /// Whether each run is a whole sum.
  private var sumsRuns: Bool { runs.leftStep == 0 && runs.count == count * runs.length }

  /// Room for the sums in double precision.
  var stateCount: Int { sumsRuns ? 0 : 2 * count }

  func compute(_ memory: KernelMemory) {
    let (x, y) = (memory.operand(0), memory.result)
    if sumsRuns, count == 1 {
      y[0] = Float(factor * Stretch.sum(of: runs.length) { term.sum(x + $0.lowerBound, $0.count) })
    } else if sumsRuns {
      runs.visit { y[$0.left] = Float(factor * term.sum(x + $0.start, $0.count)) }
    } else {
      let sums = memory.state.assumingMemoryBound(to: Double.self)
      sums.update(repeating: 0, count: count)
      runs.visit(inOrder: true) { run in
        let (x, sums) = (x + run.start, sums + run.left)
        if runs.leftStep == 0 {
          sums[0] += term.sum(x, run.count)
        } else {
          term.add(x, run.count, to: sums)
        }
      }
      for i in 0..<count { y[i] = Float(factor * sums[i]) }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let (x, g) = (memory.operand(0), memory.resultGradient)
    let factor = Float(factor)
    runs.visit { run in
      term.pullBack(
        x + run.start, run.count, g + run.left, step: runs.leftStep, factor: factor,
        to: gradient + run.start)
    }
  }
}
