internal import CFVKernels

extension Concatenation: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let axis = try context.place(axis: axis)
    let output = context.outputs[0]
    return ConcatenationKernel(
      rows: output[..<axis].reduce(1, *), widths: context.inputs.map { $0[axis...].reduce(1, *) })
  }
}

/// Interleaves rows of its inputs: row `r` of the output is row `r` of each input, one after another.
struct ConcatenationKernel: Kernel {
  let rows: Int
  /// The elements that each input contributes to a row.
  let widths: [Int]

  private var width: Int { widths.reduce(0, +) }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    var offset = 0
    for (input, width) in zip(run.inputs, widths) {
      cfv_copy_rows(input, width, run.outputs[0] + offset, self.width, rows, width, 0)
      offset += width
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    var offset = 0
    for (index, width) in widths.enumerated() {
      if let gradient = run.inputGradients[index] {
        cfv_copy_rows(
          output + offset, self.width, gradient, width, rows, width, run.accumulates[index] ? 1 : 0)
      }
      offset += width
    }
  }
}
