/// A dense layer as a matrix product with the transposed weights, by the BLAS library; forward is cut along the units,
/// backward along the inputs.
struct DenseProductKernel: Kernel {
  let matrix: DenseMatrix
  let rows: Int
  let epilogue: Epilogue

  /// Units, or inputs, of one chunk: enough to be worth a call, few enough to be shared out.
  private static let chunk = 256

  private var units: Int { matrix.shape[0] }
  private var width: Int { matrix.shape[1] }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    let output = run.outputs[0]
    run.forEachChunk((units + Self.chunk - 1) / Self.chunk) { chunk, _ in
      let first = chunk * Self.chunk
      let count = min(Self.chunk, units - first)
      MatrixProduct.compute(
        rows: rows, columns: count, inner: width, .plain(run.inputs[0], step: width),
        matrix.factor(fromUnit: first),
        into: output + first, step: units)
      epilogue.apply(to: output + first, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let (sums, gradient) = epilogue.pullBackSums(run, rows: rows, units: units) else {
      return
    }
    run.forEachChunk((width + Self.chunk - 1) / Self.chunk) { chunk, _ in
      let first = chunk * Self.chunk
      MatrixProduct.compute(
        rows: rows, columns: min(Self.chunk, width - first), inner: units,
        .plain(sums, step: units),
        matrix.factor(fromInput: first), into: gradient + first, step: width,
        accumulating: run.accumulates[0])
    }
  }
}

extension DenseMatrix {
  /// A row for each input, a column for each unit from `first` on.
  fileprivate func factor(fromUnit first: Int) -> MatrixProduct.Factor {
    let (start, step) = (lines.unsafeElements, lines.shape[1])
    return liesByInputs
      ? .plain(start + first, step: step) : .transposed(start + first * step, step: step)
  }

  /// A row for each unit, a column for each input from `first` on.
  fileprivate func factor(fromInput first: Int) -> MatrixProduct.Factor {
    let (start, step) = (lines.unsafeElements, lines.shape[1])
    return liesByInputs
      ? .transposed(start + first * step, step: step) : .plain(start + first, step: step)
  }
}
