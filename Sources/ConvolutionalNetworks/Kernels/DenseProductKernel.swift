/// A dense layer as a matrix product with the transposed weights for each picture, by the BLAS library; forward is cut
/// along the units, backward along the inputs.
///
/// What the library makes of a row depends on how many rows it is given, so that it gets those of one picture.
struct DenseProductKernel: LibraryKernel {
  let matrix: DenseMatrix
  let pictures: Int
  /// Rows of one picture.
  let rows: Int
  let epilogue: Epilogue

  /// Units, or inputs, of one chunk: enough to be worth a call, few enough to be shared out.
  private static let chunk = 256
  /// What a product sums over at once where weights are joined for it.
  private static let joinedDepth = 1024

  private var units: Int { matrix.shape[0] }
  private var width: Int { matrix.shape[1] }
  private var joins: Bool { matrix.order == .byUnitsSplit }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }
  var scratchCount: Int { joins ? Self.chunk * Self.joinedDepth : 0 }

  func forward(_ run: KernelRun) {
    forEachChunk(run, of: units) { picture, first, count, worker in
      let input = run.inputs[0] + picture * rows * width
      let output = run.outputs[0] + picture * rows * units + first
      let step = joins ? Self.joinedDepth : width
      for start in stride(from: 0, to: width, by: step) {
        let inner = min(step, width - start)
        MatrixProduct.compute(
          rows: rows, columns: count, inner: inner, .plain(input + start, step: width),
          matrix.factor(
            units: first..<first + count, inputs: start..<start + inner,
            scratch: run.scratch(worker)
          ).transposed,
          into: output, step: units, accumulating: start > 0)
      }
      epilogue.apply(to: output, rows: rows, columns: count, step: units, channel: first)
    }
  }

  func pullback(_ run: KernelRun) {
    guard
      let (sums, gradient) = epilogue.pullBackSums(run, rows: pictures * rows, units: units)
    else { return }
    forEachChunk(run, of: width) { picture, first, count, worker in
      let sums = sums + picture * rows * units
      let step = joins ? Self.joinedDepth : units
      for start in stride(from: 0, to: units, by: step) {
        let inner = min(step, units - start)
        MatrixProduct.compute(
          rows: rows, columns: count, inner: inner, .plain(sums + start, step: units),
          matrix.factor(
            units: start..<start + inner, inputs: first..<first + count,
            scratch: run.scratch(worker)),
          into: gradient + picture * rows * width + first, step: width,
          accumulating: start > 0 || run.accumulates[0])
      }
    }
  }

  /// Shares stretches of columns of each picture; neighbours read the same weights.
  private func forEachChunk(
    _ run: KernelRun, of columns: Int,
    _ body: (_ picture: Int, _ first: Int, _ count: Int, _ worker: Int) -> Void
  ) {
    let stretches = (columns + Self.chunk - 1) / Self.chunk
    run.forEachChunk(stretches * pictures) { chunk, worker in
      let first = chunk / pictures * Self.chunk
      body(chunk % pictures, first, min(Self.chunk, columns - first), worker)
    }
  }
}

extension DenseMatrix {
  /// A row for each of some units, a column for each of some inputs, which begin and end with a block if lines are split.
  ///
  /// - Parameter scratch: room for the weights, if lines are split.
  fileprivate func factor(
    units: Range<Int>, inputs: Range<Int>, scratch: @autoclosure () -> UnsafeMutablePointer<Float>
  ) -> MatrixProduct.Factor {
    let (start, step) = (lines.unsafeElements, lines.shape[1])
    switch order {
    case .byUnits: return .plain(start + units.lowerBound * step + inputs.lowerBound, step: step)
    case .byInputs:
      return .transposed(start + inputs.lowerBound * step + units.lowerBound, step: step)
    case .byUnitsSplit:
      let joined = scratch()
      for (row, unit) in units.enumerated() {
        SplitLines.join(inputs, ofLine: unit, lines, into: joined + row * inputs.count)
      }
      return .plain(joined, step: inputs.count)
    }
  }
}

extension MatrixProduct.Factor {
  fileprivate var transposed: Self { Self(start: start, step: step, isTransposed: !isTransposed) }
}
