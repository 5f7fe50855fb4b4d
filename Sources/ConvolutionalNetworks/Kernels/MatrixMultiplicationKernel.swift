extension MatrixMultiplication: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    MatrixMultiplicationKernel(
      try Extents(left: context.logicalInputs[0], right: context.logicalInputs[1]),
      rowsArePictures: context.pictures.axis == context.logicalInputs[0].count - 2)
  }
}

/// Products of many matrices, some of which may be factors of several, each by itself: what the BLAS library makes of a
/// row depends on how many rows it is given.
struct MatrixMultiplicationKernel: LibraryKernel {
  private let rows: Int
  private let inner: Int
  private let columns: Int
  private let pairing: MatrixPairing
  /// Whether each row of the left factors is another picture's.
  private let rowsArePictures: Bool

  /// Multiplications of one chunk, more or less.
  private static let chunk = 1 << 21

  init(_ extents: MatrixMultiplication.Extents, rowsArePictures: Bool) {
    (rows, inner, columns) = (extents.rows, extents.inner, extents.columns)
    pairing = MatrixPairing(
      left: extents.leftBatch, right: extents.rightBatch, batch: extents.batch)
    self.rowsArePictures = rowsArePictures || extents.batch.isEmpty
  }

  var pullbackReads: PullbackReads { .inputs }

  func forward(_ run: KernelRun) {
    forEachBlock(run, matrices: pairing.count, height: rows, blockHeight: rowsOfBlock) {
      product, first, count in
      let left = pairing.matrix(.left, of: product)
      let right = pairing.matrix(.right, of: product)
      MatrixProduct.compute(
        rows: count, columns: columns, inner: inner,
        .plain(run.inputs[0] + (left * rows + first) * inner, step: inner),
        .plain(run.inputs[1] + right * inner * columns, step: columns),
        into: run.outputs[0] + (product * rows + first) * columns, step: columns)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    if let gradient = run.inputGradients[0] {
      pullBackToLeft(run, output, gradient)
    }
    if let gradient = run.inputGradients[1] {
      pullBackToRight(run, output, gradient)
    }
  }

  /// `g · rightᵀ`, summed over the products of each left matrix.
  private func pullBackToLeft(
    _ run: KernelRun, _ output: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    forEachBlock(run, matrices: pairing.matrices(.left), height: rows, blockHeight: rowsOfBlock) {
      matrix, first, count in
      for use in 0..<pairing.uses(.left) {
        let product = pairing.product(use, of: matrix, .left)
        MatrixProduct.compute(
          rows: count, columns: inner, inner: columns,
          .plain(output + (product * rows + first) * columns, step: columns),
          .transposed(
            run.inputs[1] + pairing.matrix(.right, of: product) * inner * columns, step: columns),
          into: gradient + (matrix * rows + first) * inner, step: inner,
          accumulating: run.accumulates[0] || use > 0)
      }
    }
  }

  /// `leftᵀ · g`, summed over the products of each right matrix.
  private func pullBackToRight(
    _ run: KernelRun, _ output: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    let blockHeight = height(ofBlocks: inner, rowCost: rows * columns)
    forEachBlock(run, matrices: pairing.matrices(.right), height: inner, blockHeight: blockHeight) {
      matrix, first, count in
      for use in 0..<pairing.uses(.right) {
        let product = pairing.product(use, of: matrix, .right)
        MatrixProduct.compute(
          rows: count, columns: columns, inner: rows,
          .transposed(
            run.inputs[0] + pairing.matrix(.left, of: product) * rows * inner + first, step: inner),
          .plain(output + product * rows * columns, step: columns),
          into: gradient + (matrix * inner + first) * columns, step: columns,
          accumulating: run.accumulates[1] || use > 0)
      }
    }
  }

  /// The rows of the products that are computed at once.
  private var rowsOfBlock: Int {
    rowsArePictures ? 1 : height(ofBlocks: rows, rowCost: inner * columns)
  }

  /// How many of so many rows are computed at once, where one takes so many multiplications: about as many in each block.
  private func height(ofBlocks rows: Int, rowCost: Int) -> Int {
    let most = max(16, Self.chunk / max(rowCost, 1))
    let blocks = max(1, (rows + most - 1) / most)
    return min(rows, ((rows + blocks - 1) / blocks + 15) / 16 * 16)
  }

  /// Shares blocks of the `height` rows of each of `matrices` matrices.
  private func forEachBlock(
    _ run: KernelRun, matrices: Int, height: Int, blockHeight: Int,
    _ body: (_ matrix: Int, _ first: Int, _ count: Int) -> Void
  ) {
    let blocks = (height + blockHeight - 1) / max(blockHeight, 1)
    run.forEachChunk(matrices * blocks) { chunk, _ in
      let first = chunk % blocks * blockHeight
      body(chunk / blocks, first, min(blockHeight, height - first))
    }
  }
}
