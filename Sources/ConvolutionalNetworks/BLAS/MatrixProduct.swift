#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CFVOpenBLAS
#endif

/// Single-threaded matrix products over row-major memory; who threads is decided by `WorkerPool` alone.
package enum MatrixProduct {
  /// A factor as it lies in memory: where it starts, the distance between its rows, and whether to read it
  /// transposed.
  package struct Factor {
    package let start: UnsafePointer<Float>
    package let step: Int
    package let isTransposed: Bool

    package static func plain(_ start: UnsafePointer<Float>, step: Int) -> Factor {
      Factor(start: start, step: step, isTransposed: false)
    }

    package static func transposed(_ start: UnsafePointer<Float>, step: Int) -> Factor {
      Factor(start: start, step: step, isTransposed: true)
    }
  }

  /// `c = a · b`, or accumulating `c += a · b`: `a` is `rows × inner` and `b` is `inner × columns`, as read.
  package static func compute(
    rows: Int, columns: Int, inner: Int, _ a: Factor, _ b: Factor,
    into c: UnsafeMutablePointer<Float>, step: Int, accumulating: Bool = false
  ) {
    guard rows > 0, columns > 0 else { return }
    _ = singleThreaded
    if rows == 1, !a.isTransposed {
      // A product with one row is bound by reading the matrix; sgemm would pack it first.
      cblas_sgemv(
        CblasRowMajor, b.isTransposed ? CblasNoTrans : CblasTrans,
        BLASInteger(b.isTransposed ? columns : inner),
        BLASInteger(b.isTransposed ? inner : columns),
        1, b.start, BLASInteger(b.step), a.start, 1, accumulating ? 1 : 0, c, 1)
      return
    }
    cblas_sgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans,
      b.isTransposed ? CblasTrans : CblasNoTrans, BLASInteger(rows), BLASInteger(columns),
      BLASInteger(inner), 1, a.start, BLASInteger(a.step), b.start, BLASInteger(b.step),
      accumulating ? 1 : 0, c, BLASInteger(step))
  }

  #if canImport(Accelerate)
    private typealias BLASInteger = Int32
    // Accelerate schedules its own threads and offers no portable switch.
    private static let singleThreaded: Void = ()
  #else
    private typealias BLASInteger = blasint
    /// OpenBLAS' results depend on its thread count, so it gets one, once for the process.
    private static let singleThreaded: Void = openblas_set_num_threads(1)
  #endif
}
