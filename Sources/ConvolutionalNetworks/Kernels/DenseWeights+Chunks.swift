// How products with dense weights are cut for the threads: by shapes alone.

extension DenseWeights {
  /// Lines of one chunk of a multiplication: 2¹⁷ weights, more or less.
  var linesOfChunk: Int { max(4, (1 << 17) / max(width, 1) / 4 * 4) }

  /// Places of one chunk of a combination: stretches of memory as long as a few chunks leave them, and multiples of what
  /// split lines are split by.
  var placesOfChunk: Int { max(1024, ((width + 3) / 4 + 127) / 128 * 128) }

  /// Calls `body` with rows that meet the weights of a chunk together: those after them read these from a cache.
  func forEachBlock(ofRows rows: Int, _ body: (_ first: Int, _ count: Int) -> Void) {
    let most = 64
    for first in stride(from: 0, to: rows, by: most) { body(first, min(most, rows - first)) }
  }

  /// What a worker lists open lines in; a number is as long as a float.
  var scratchCount: Int { lines }
}

extension KernelRun {
  /// Room for the numbers of open lines.
  func openLines(_ worker: Int) -> UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(scratch(worker)).assumingMemoryBound(to: Int32.self)
  }
}
