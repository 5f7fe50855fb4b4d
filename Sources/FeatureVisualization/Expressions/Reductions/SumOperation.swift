/// The sum or the mean over axes of a function of each element.
struct SumOperation<Term: UnaryFunction>: TensorOperation {
  let term: Term
  let axes: TensorAxes
  let keepsAxes: Bool
  let isMean: Bool

  var name: String { "\(isMean ? "mean" : "sum") over \(axes)" }

  func isPerPicture(_ operands: [Bool]) -> Bool { operands[0] && !axes.includePictures }
  func couplesPictures(_ operands: [Bool]) -> Bool { operands[0] && axes.includePictures }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let reduction = try ReducedAxes(axes, of: operands[0], keepsAxes: keepsAxes)
    let factor = isMean ? 1 / Double(reduction.termCount) : 1
    return OperationPlan(
      shape: reduction.shape,
      kernel: SumKernel(
        term: term, runs: reduction.runs, count: reduction.shape.count, factor: factor))
  }
}

struct SumKernel<Term: UnaryFunction>: TensorKernel {
  let term: Term
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
      y[0] = Float(factor * Stretch.sum(of: runs.length) { sum(x + $0.lowerBound, $0.count) })
    } else if sumsRuns {
      runs.forEach { y[$0.left] = Float(factor * sum(x + $0.start, $0.count)) }
    } else {
      let sums = memory.state.assumingMemoryBound(to: Double.self)
      sums.update(repeating: 0, count: count)
      runs.forEach(inOrder: true) { run in
        let (x, sums) = (x + run.start, sums + run.left)
        if runs.leftStep == 0 {
          sums[0] += sum(x, run.count)
        } else {
          for i in 0..<run.count { sums[i] += Double(term.value(x[i])) }
        }
      }
      for i in 0..<count { y[i] = Float(factor * sums[i]) }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let (x, g) = (memory.operand(0), memory.resultGradient)
    let factor = Float(factor)
    runs.forEach { run in
      let (x, gradient, g) = (x + run.start, gradient + run.start, g + run.left)
      if runs.leftStep == 0 {
        let share = g[0] * factor
        for i in 0..<run.count { gradient[i] += term.gradient(share, x[i], 0) }
      } else {
        for i in 0..<run.count { gradient[i] += term.gradient(g[i] * factor, x[i], 0) }
      }
    }
  }

  /// Sums in lanes, in an order that depends on `count` alone.
  private func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
    var lanes = SIMD8<Double>.zero
    let whole = count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      for lane in 0..<8 { lanes[lane] += Double(term.value(x[start + lane])) }
    }
    var rest = 0.0
    for i in whole..<count { rest += Double(term.value(x[i])) }
    return lanes.sum() + rest
  }
}

/// The element itself, as a term of a sum.
struct IdentityFunction: UnaryFunction {
  var name: String { "identity" }
  func value(_ x: Float) -> Float { x }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { g }
}
