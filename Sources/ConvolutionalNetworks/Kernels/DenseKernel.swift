extension Dense: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let rows = context.inputs[0].dropLast().reduce(1, *)
    // Many rows make a product that is bound by arithmetic.
    if context.arithmetic == .plain || rows > DenseKernel.mostRows {
      return DenseProductKernel(matrix: matrix, rows: rows, epilogue: context.epilogue)
    }
    let stored: any DenseWeights =
      switch (context.denseWeights, matrix.order) {
      case (.float16, _): HalfDenseWeights(matrix)
      case (.float32, .byUnitsSplit):
        SplitDenseWeights(lines: matrix.lines, epilogue: context.epilogue)
      case (.float32, _): SingleDenseWeights(elements: matrix.lines)
      }
    if matrix.liesByInputs {
      return DenseByInputsKernel(
        weights: stored, rows: rows, epilogue: context.epilogue,
        inputClosesAtZero: context.inputClosesAtZero)
    }
    return DenseKernel(weights: stored, rows: rows, epilogue: context.epilogue)
  }

  /// Weights are read as they lie, unless in half precision.
  package func heldCount(_ context: KernelContext) -> Int {
    context.denseWeights == .float16 ? matrix.lines.count / 2 : 0
  }
}

/// A dense layer of few rows, bound by reading its weights, which are read in the order in which they lie: by units.
///
/// Forward is cut along the units, backward along the inputs; units behind a closed activation are not read.
struct DenseKernel: Kernel {
  let weights: any DenseWeights
  let rows: Int
  let epilogue: Epilogue

  /// The most rows for which reading the weights costs more than multiplying with them.
  static let mostRows = 32

  private var units: Int { weights.lines }
  private var width: Int { weights.width }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }
  var scratchCount: Int { weights.scratchCount }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    run.forEachBlock(of: units, size: weights.linesOfChunk) { first, count, worker in
      weights.multiply(
        run.inputs[0], rows: rows, lines: first..<first + count, gates: nil, into: output,
        accumulating: false, open: run.openLines(worker))
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let (sums, gradient) = epilogue.pullBackSums(run, rows: rows, units: units) else {
      return
    }
    run.forEachBlock(of: width, size: weights.placesOfChunk) { first, count, worker in
      weights.combine(
        sums, rows: rows, places: first..<first + count, into: gradient,
        accumulating: run.accumulates[0], open: run.openLines(worker))
    }
  }
}
