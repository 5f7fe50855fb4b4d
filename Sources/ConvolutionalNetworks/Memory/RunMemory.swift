internal import CFVKernels

/// The memory that runs of a program may take, unless somebody says otherwise.
package enum RunMemory {
  /// Half of the bytes that this process may have: the least of the machine's memory, the limits of the control
  /// groups that the process is in, and its own of address space and data.
  package static var defaultLimit: Int { cfv_memory_limit() / 2 }
}

extension Int {
  /// The product of `shape`; `nil` where it is no `Int`, be it for a part of the extents only.
  init?(elementsOf shape: [Int]) {
    var bound = 1
    for extent in shape {
      let (product, overflows) = bound.multipliedReportingOverflow(by: Swift.max(extent, 1))
      guard extent >= 0, !overflows else { return nil }
      bound = product
    }
    self = shape.contains(0) ? 0 : bound
  }

  /// The bytes of as many `Float`s; the largest number there is where that is too large.
  package var floatBytes: Int { multipliedClamped(by: MemoryLayout<Float>.stride) }

  /// The product, or the largest number there is.
  package func multipliedClamped(by other: Int) -> Int {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows ? .max : product
  }

  /// The sum, or the largest number there is.
  package func addingClamped(_ other: Int) -> Int {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}

/// Bytes as people read them: `512 MB`, `12.3 GB`.
package func formattedBytes(_ bytes: Int) -> String {
  guard bytes < .max else { return "more memory than any machine has" }
  var (number, unit) = (Double(bytes), "bytes")
  for next in ["kB", "MB", "GB", "TB", "PB", "EB"] where number >= 1000 {
    (number, unit) = (number / 1000, next)
  }
  let tenths = (number * 10).rounded() / 10
  return tenths == tenths.rounded() || tenths >= 100
    ? "\(Int(tenths.rounded())) \(unit)" : "\(tenths) \(unit)"
}
