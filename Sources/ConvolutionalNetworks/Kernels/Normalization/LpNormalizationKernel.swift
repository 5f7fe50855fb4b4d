extension LpNormalization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let axis = try context.place(axis: axis)
    return LpNormalizationKernel(
      outer: shape[..<axis].reduce(1, *), extent: shape[axis],
      inner: shape[(axis + 1)...].reduce(1, *), norm: norm)
  }
}

/// Divides lines by their norms; the elements along a line are `inner` apart.
struct LpNormalizationKernel: Kernel {
  let outer: Int
  let extent: Int
  let inner: Int
  let norm: LpNormalization.Norm

  var pullbackReads: PullbackReads { .outputs }

  /// `1 / norm` of each line.
  var stateCount: Int { outer * inner }

  func forward(_ run: KernelRun) {
    forEachLine { line, offset in
      let x = run.inputs[0] + offset
      let y = run.outputs[0] + offset
      var sum: Float = 0
      for i in 0..<extent {
        let element = x[i * inner]
        sum += norm == .l1 ? abs(element) : element * element
      }
      let length = norm == .l1 ? sum : sum.squareRoot()
      let rate = length == 0 ? 0 : 1 / length
      for i in 0..<extent { y[i * inner] = x[i * inner] * rate }
      run.state[line] = rate
    }
  }

  /// `(g − s · Σ g · y) / norm`, where s is y itself or, of the sum of magnitudes, its sign.
  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let accumulating = run.accumulates[0]
    forEachLine { line, offset in
      let y = UnsafePointer(run.outputs[0] + offset)
      let g = UnsafePointer(output + offset)
      let target = gradient + offset
      var sum: Float = 0
      for i in 0..<extent { sum += g[i * inner] * y[i * inner] }
      for i in 0..<extent {
        let element = y[i * inner]
        let slope: Float = norm == .l2 ? element : element > 0 ? 1 : element < 0 ? -1 : 0
        let value = (g[i * inner] - slope * sum) * run.state[line]
        target[i * inner] = accumulating ? target[i * inner] + value : value
      }
    }
  }

  private func forEachLine(_ body: (_ line: Int, _ offset: Int) -> Void) {
    for block in 0..<outer {
      for line in 0..<inner { body(block * inner + line, block * extent * inner + line) }
    }
  }
}
