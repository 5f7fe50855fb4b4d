internal import CFVKernels

/// The memory that the BLAS library multiplies in.
package enum BLASMemory {
  /// Has the library take what products on so many threads need, once for the process.
  ///
  /// OpenBLAS takes 128 MB of addresses for each thread at its first product, and asks for ever where the system refuses
  /// them, as under a limit on memory.
  ///
  /// - Returns: whether there is as much.
  package static func reserve(threads: Int) -> Bool { cfv_reserve_openblas(threads) != 0 }
}
