internal import CFVKernels

/// The time that a product takes in chunks, in that of one without overhead on threads that are never idle.
///
/// The constants are measured, on Zen 4; none of them changes a sum.
struct ProductPartitionCost {
  let rows: Int
  let inner: Int
  /// The columns of each part.
  let parts: [Int]
  let rowsPerChunk: Int
  let threads: Int

  /// Packed rows that leave room for a panel in a core's cache.
  private static let packedBudget = 1 << 16
  /// Weights of a part that stay in a core's cache from one chunk to the next.
  private static let weightBudget = 1 << 17

  var cost: Double { overhead * idleness }

  private var columns: Int { parts.reduce(0, +) }

  private var chunks: Int { (rows + rowsPerChunk - 1) / rowsPerChunk * parts.count }

  private var overhead: Double {
    let width = Double(columns) / Double(parts.count)
    let group = Double(CFV_GROUP_COLUMNS)
    // Each part packs its rows again, or lists them, which takes as long as multiplying them with some columns.
    var overhead = 1 + 12 / width
    // Fewer columns than a group of panels leave less work for each number that is read.
    if width < group { overhead += 0.1 * (group / width - 1) }
    // Of what a part reads, and of what is read of its results, others have written most.
    if parts.count > 1 { overhead += 24 / width + 24 / Double(inner) }
    // A chunk brings the weights to a core's first cache, and to its second unless they have stayed there.
    overhead += 1 / Double(rowsPerChunk)
    if Double(inner) * width > Double(Self.weightBudget) { overhead += 0.5 / Double(rowsPerChunk) }
    if rowsPerChunk * inner > Self.packedBudget { overhead += 0.02 }
    return overhead
  }

  /// The time until the last thread is done, in that of threads that all are done at once.
  private var idleness: Double {
    // Something else takes a core's time now and then, which small chunks even out.
    let uneven = 0.03 * Double(threads) / Double(max(chunks, 1))
    let turns = (chunks + threads - 1) / threads
    let largest = min(rowsPerChunk, rows) * (parts.max() ?? 0)
    return Double(turns * threads * largest) / Double(max(rows * columns, 1)) + uneven
  }
}
