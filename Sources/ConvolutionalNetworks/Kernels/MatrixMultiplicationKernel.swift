extension MatrixMultiplication: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    MatrixMultiplicationKernel(
      try Extents(left: context.logicalInputs[0], right: context.logicalInputs[1]))
  }
}

/// Products of many matrices, some of which may be factors of several.
struct MatrixMultiplicationKernel: Kernel {
  private let rows: Int
  private let inner: Int
  private let columns: Int
  /// For each matrix of the product its left and its right factor.
  private let factors: [(left: Int, right: Int)]
  /// For each left and each right matrix the products that it is a factor of.
  private let productsOfLeft: [[Int]]
  private let productsOfRight: [[Int]]

  /// Multiplications of one chunk, more or less.
  private static let chunk = 1 << 20

  init(_ extents: MatrixMultiplication.Extents) {
    let left = Self.positions(extents.leftBatch, in: extents.batch)
    let right = Self.positions(extents.rightBatch, in: extents.batch)
    let leftCount = extents.leftBatch.reduce(1, *)
    (inner, columns) = (extents.inner, extents.columns)
    if extents.rightBatch.allSatisfy({ $0 == 1 }), leftCount == left.count {
      // One matrix on the right: the rows of all on the left are those of one matrix.
      rows = leftCount * extents.rows
      factors = [(0, 0)]
      (productsOfLeft, productsOfRight) = ([[0]], [[0]])
    } else {
      rows = extents.rows
      factors = Array(zip(left, right))
      productsOfLeft = Self.users(of: left, count: leftCount)
      productsOfRight = Self.users(of: right, count: extents.rightBatch.reduce(1, *))
    }
  }

  /// Where the matrix lies that stands at each place of `batch`, among those of `own`.
  private static func positions(_ own: [Int], in batch: [Int]) -> [Int] {
    let extents = Array(repeating: 1, count: batch.count - own.count) + own
    var positions = [0]
    for (extent, target) in zip(extents, batch) {
      positions = positions.flatMap { position in
        (0..<target).map { position * extent + (extent == 1 ? 0 : $0) }
      }
    }
    return positions
  }

  private static func users(of matrices: [Int], count: Int) -> [[Int]] {
    var users = [[Int]](repeating: [], count: count)
    for (product, matrix) in matrices.enumerated() { users[matrix].append(product) }
    return users
  }

  var pullbackReads: PullbackReads { .inputs }

  func forward(_ run: KernelRun) {
    forEachBlock(run, matrices: factors.count, height: rows, rowCost: inner * columns) {
      product, first, count in
      let factors = factors[product]
      MatrixProduct.compute(
        rows: count, columns: columns, inner: inner,
        .plain(run.inputs[0] + (factors.left * rows + first) * inner, step: inner),
        .plain(run.inputs[1] + factors.right * inner * columns, step: columns),
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
    forEachBlock(run, matrices: productsOfLeft.count, height: rows, rowCost: inner * columns) {
      matrix, first, count in
      for (position, product) in productsOfLeft[matrix].enumerated() {
        MatrixProduct.compute(
          rows: count, columns: inner, inner: columns,
          .plain(output + (product * rows + first) * columns, step: columns),
          .transposed(
            run.inputs[1] + factors[product].right * inner * columns, step: columns),
          into: gradient + (matrix * rows + first) * inner, step: inner,
          accumulating: run.accumulates[0] || position > 0)
      }
    }
  }

  /// `leftᵀ · g`, summed over the products of each right matrix.
  private func pullBackToRight(
    _ run: KernelRun, _ output: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    forEachBlock(run, matrices: productsOfRight.count, height: inner, rowCost: rows * columns) {
      matrix, first, count in
      for (position, product) in productsOfRight[matrix].enumerated() {
        MatrixProduct.compute(
          rows: count, columns: columns, inner: rows,
          .transposed(run.inputs[0] + factors[product].left * rows * inner + first, step: inner),
          .plain(output + product * rows * columns, step: columns),
          into: gradient + (matrix * inner + first) * columns, step: columns,
          accumulating: run.accumulates[1] || position > 0)
      }
    }
  }

  /// Shares blocks of the `height` rows of each of `matrices` matrices.
  private func forEachBlock(
    _ run: KernelRun, matrices: Int, height: Int, rowCost: Int,
    _ body: (_ matrix: Int, _ first: Int, _ count: Int) -> Void
  ) {
    let wanted = max(16, Self.chunk / max(rowCost, 1) / 16 * 16)
    let blockHeight = matrices >= 8 ? height : min(height, wanted)
    let blocks = (height + blockHeight - 1) / blockHeight
    run.forEachChunk(matrices * blocks) { chunk, _ in
      let first = chunk % blocks * blockHeight
      body(chunk / blocks, first, min(blockHeight, height - first))
    }
  }
}
