/// Work cut into stretches of neighbouring elements, at places that depend on their number alone: results are the
/// same bytes for any number of threads.
enum Stretch {
  /// As many numbers as stay in a core's nearest cache while they are worked on.
  static let length = 8192

  /// Calls `body` for every stretch of `count` elements, on the threads of the pool.
  static func forEach(of count: Int, by length: Int = length, _ body: (Range<Int>) -> Void) {
    WorkerPool.forEachChunk((count + length - 1) / length) { chunk, _ in
      body(chunk * length..<min(count, (chunk + 1) * length))
    }
  }

  /// The sum of what `body` gives for every stretch, in order.
  static func sum(of count: Int, by length: Int = length, _ body: (Range<Int>) -> Double) -> Double
  {
    reduce(of: count, by: length, 0, body, combining: +)
  }

  /// What `body` gives for every stretch, put together in order.
  static func reduce<Result>(
    of count: Int, by length: Int = length, _ initial: Result, _ body: (Range<Int>) -> Result,
    combining combine: (Result, Result) -> Result
  ) -> Result {
    let chunks = (count + length - 1) / length
    return withUnsafeTemporaryAllocation(of: Result.self, capacity: chunks) { parts in
      parts.initialize(repeating: initial)
      forEach(of: count, by: length) { range in parts[range.lowerBound / length] = body(range) }
      let result = parts.reduce(initial, combine)
      parts.deinitialize()
      return result
    }
  }
}
