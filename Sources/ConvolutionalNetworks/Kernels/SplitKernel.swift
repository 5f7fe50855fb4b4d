internal import CFVKernels

extension Split: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let axis = try context.place(axis: axis)
    return SplitKernel(
      rows: context.inputs[0][..<axis].reduce(1, *),
      widths: context.outputs.map { $0[axis...].reduce(1, *) })
  }
}

/// Deals out rows of its input: each output receives its stretch of every row.
struct SplitKernel: Kernel {
  let rows: Int
  /// The elements of a row that each output receives.
  let widths: [Int]
  private let width: Int

  init(rows: Int, widths: [Int]) {
    self.rows = rows
    self.widths = widths
    width = widths.reduce(0, +)
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    var offset = 0
    for (index, part) in widths.enumerated() {
      cfv_copy_rows(run.inputs[0] + offset, width, run.outputs[index], part, rows, part, 0)
      offset += part
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0] else { return }
    let accumulating = run.accumulates[0]
    var offset = 0
    for (index, part) in widths.enumerated() {
      let target = gradient + offset
      if let output = run.outputGradients[index] {
        cfv_copy_rows(output, part, target, width, rows, part, accumulating ? 1 : 0)
      } else if !accumulating {
        for row in 0..<rows { (target + row * width).update(repeating: 0, count: part) }
      }
      offset += part
    }
  }
}
