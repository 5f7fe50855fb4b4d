import ConvolutionalNetworks

#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CFVLAPACKE
#endif

/// The eigenvalues of a symmetric matrix, largest first, and its eigenvectors, a row each.
///
/// An eigenvector's sign is arbitrary: here its number of largest magnitude, the first of equal ones, is positive.
struct SymmetricEigenvectors {
  let values: [Double]
  let vectors: Matrix

  /// - Throws: `VisualizationError.decomposition` for numbers that are not finite, or where LAPACK finds none.
  /// - Complexity: O(n³).
  init(of symmetric: Matrix) throws(VisualizationError) {
    let count = symmetric.rows
    guard count == symmetric.columns, symmetric.elements.allSatisfy(\.isFinite) else {
      throw .decomposition("a square matrix of finite numbers is needed")
    }
    var ascending = [Double](repeating: 0, count: count)
    var columns = symmetric.elements
    try Self.solve(&columns, &ascending, count)
    // Column-major and ascending: each eigenvector is a stretch of numbers, the last the first.
    var vectors = Matrix(rows: count, columns: count)
    for row in 0..<count {
      let vector = columns[(count - 1 - row) * count..<(count - row) * count]
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      for (column, number) in vector.enumerated() {
        vectors[row, column] = largest < 0 ? -number : number
      }
    }
    values = ascending.reversed()
    self.vectors = vectors
  }

  /// Puts eigenvectors in place of the matrix.
  private static func solve(
    _ matrix: inout [Double], _ values: inout [Double], _ count: Int
  ) throws(VisualizationError) {
    guard count > 0 else { return }
    #if canImport(Accelerate)
      var (job, triangle) = (Int8(UInt8(ascii: "V")), Int8(UInt8(ascii: "U")))
      var (order, step, status) = (Int32(count), Int32(count), Int32(0))
      var work = [Double](repeating: 0, count: 64 * count)
      var workCount = Int32(work.count)
      dsyev_(&job, &triangle, &order, &matrix, &step, &values, &work, &workCount, &status)
    #else
      guard BLASMemory.reserve(threads: 1) else {
        throw .decomposition(
          "LAPACK needs 128 MB of addresses, which the system refuses: raise the limit on memory (ulimit -v)"
        )
      }
      singleThreaded()
      let status = LAPACKE_dsyevd(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(count),
        &matrix, Int32(count), &values)
    #endif
    guard status == 0 else {
      throw .decomposition("LAPACK finds no eigenvectors of a matrix of \(count) rows (\(status))")
    }
  }

  /// Has the BLAS library below LAPACK compute on one thread, as it does once it has multiplied: its last bits depend on
  /// how many there are.
  private static func singleThreaded() {
    let (factor, product) = (
      [Float](repeating: 1, count: 1), UnsafeMutablePointer<Float>.allocate(capacity: 1)
    )
    defer { product.deallocate() }
    factor.withUnsafeBufferPointer { factor in
      guard let start = factor.baseAddress else { return }
      MatrixProduct.compute(
        rows: 1, columns: 1, inner: 1, .plain(start, step: 1), .plain(start, step: 1),
        into: product, step: 1)
    }
  }
}

extension SymmetricEigenvectors {
  /// `Σ f(λ) v vᵀ`: the matrix of the same eigenvectors with other values.
  func matrix(_ value: (Double) -> Double) -> Matrix {
    var scaled = vectors
    for row in 0..<vectors.rows {
      let factor = value(values[row])
      for column in 0..<vectors.columns { scaled[row, column] *= factor }
    }
    return scaled.transposed * vectors
  }
}
