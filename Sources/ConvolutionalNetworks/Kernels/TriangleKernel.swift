extension Triangle: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    return TriangleKernel(
      triangle: self, rows: shape.dropLast().reduce(1, *), height: shape[shape.count - 2],
      width: shape[shape.count - 1])
  }
}

/// Copies a stretch of each row and writes zeros beside it, forward and backward.
struct TriangleKernel: Kernel {
  let triangle: Triangle
  /// The rows of all matrices.
  let rows: Int
  /// The rows of one matrix.
  let height: Int
  let width: Int

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    for row in 0..<rows {
      let kept = kept(row % height)
      let (x, y) = (run.inputs[0] + row * width, run.outputs[0] + row * width)
      y.update(repeating: 0, count: width)
      (y + kept.lowerBound).update(from: x + kept.lowerBound, count: kept.count)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let above = run.outputGradients[0] else { return }
    for row in 0..<rows {
      let kept = kept(row % height)
      let (x, y) = (gradient + row * width, above + row * width)
      if !run.accumulates[0] { x.update(repeating: 0, count: width) }
      add(y + kept.lowerBound, to: x + kept.lowerBound, kept.count, true)
    }
  }

  /// The columns of a row that stay.
  private func kept(_ row: Int) -> Range<Int> {
    let sum = row.addingClamped(triangle.diagonal)
    switch triangle.part {
    case .upper: return min(max(sum, 0), width)..<width
    case .lower: return 0..<min(max(sum == .max ? sum : sum + 1, 0), width)
    }
  }
}
