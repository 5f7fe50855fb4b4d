internal import CFVKernels

extension Concatenation: SliceWriting {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let axis = try context.place(axis: axis)
    let output = context.outputs[0]
    let rows = output[..<axis].reduce(1, *)
    let widths = context.inputs.map { $0[axis...].reduce(1, *) }
    let isRow = axis == output.count - 1
    return ConcatenationKernel(
      rows: rows, widths: widths, step: isRow ? context.outputStep : widths.reduce(0, +),
      inPlace: context.inputsInPlace)
  }
}

/// Interleaves rows of its inputs: row `r` of the output is row `r` of each input, one after another.
struct ConcatenationKernel: Kernel {
  let rows: Int
  /// The elements that each input contributes to a row.
  let widths: [Int]
  /// The elements from one row of the output to the next.
  let step: Int
  /// Which inputs lie in the output already.
  let inPlace: [Bool]

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    run.forEachBlock(ofRows: rows, width: step, elements: Self.chunk) { first, rows, _ in
      var target = run.outputs[0] + first * step
      for (index, width) in widths.enumerated() {
        if !inPlace[index] {
          cfv_copy_rows(run.inputs[index] + first * width, width, target, step, rows, width, 0)
        }
        target += width
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    run.forEachBlock(ofRows: rows, width: step, elements: Self.chunk) { first, rows, _ in
      var source = output + first * step
      for (index, width) in widths.enumerated() {
        if !inPlace[index], let gradient = run.inputGradients[index] {
          cfv_copy_rows(
            source, step, gradient + first * width, width, rows, width,
            run.accumulates[index] ? 1 : 0)
        }
        source += width
      }
    }
  }
}
