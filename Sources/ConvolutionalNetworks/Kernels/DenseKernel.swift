extension Dense: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .logical }

  /// Of a value of more than two axes, units lie along the last, and channels may lie along another.
  package func fuses(_ next: any LayerOperation, inputs: [[Int]]) -> Bool {
    next is Activation || inputs[0].count == 2
  }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let allRows = shape.dropLast().reduce(1, *)
    // Where the pictures lie within, as in [tokens, pictures, features], neighbouring rows are other pictures'.
    let pictures = context.pictures.axis == 0 ? (shape.count > 1 ? shape[0] : 1) : allRows
    let rows = pictures > 0 ? allRows / pictures : 0
    // Many rows of a picture make a product that is bound by arithmetic.
    if context.arithmetic == .plain || rows > DenseKernel.mostRows {
      return DenseProductKernel(
        matrix: matrix, pictures: pictures, rows: rows, epilogue: context.epilogue)
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
        weights: stored, rows: pictures * rows, epilogue: context.epilogue,
        inputClosesAtZero: context.inputClosesAtZero)
    }
    return DenseKernel(weights: stored, rows: pictures * rows, epilogue: context.epilogue)
  }

  /// Weights are read as they lie, unless in half precision.
  package func heldCount(_ context: KernelContext) -> Int {
    context.denseWeights == .float16 ? matrix.lines.count / 2 : 0
  }
}

/// A dense layer of few rows a picture, bound by reading its weights, which are read in the order in which they lie: by
/// units.
///
/// Forward is cut along the units, backward along the inputs; units behind a closed activation are not read.
struct DenseKernel: Kernel {
  let weights: any DenseWeights
  let rows: Int
  let epilogue: Epilogue

  /// The most rows of a picture for which reading the weights costs more than multiplying with them.
  static let mostRows = 32

  private var units: Int { weights.lines }
  private var width: Int { weights.width }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }
  var scratchCount: Int { weights.scratchCount }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    run.forEachBlock(of: units, size: weights.linesOfChunk) { first, count, worker in
      weights.forEachBlock(ofRows: rows) { row, rows in
        weights.multiply(
          run.inputs[0] + row * width, rows: rows, lines: first..<first + count, gates: nil,
          into: output + row * units, accumulating: false, open: run.openLines(worker))
      }
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let (sums, gradient) = epilogue.pullBackSums(run, rows: rows, units: units) else {
      return
    }
    run.forEachBlock(of: width, size: weights.placesOfChunk) { first, count, worker in
      weights.forEachBlock(ofRows: rows) { row, rows in
        weights.combine(
          sums + row * units, rows: rows, places: first..<first + count,
          into: gradient + row * width, accumulating: run.accumulates[0],
          open: run.openLines(worker))
      }
    }
  }
}
