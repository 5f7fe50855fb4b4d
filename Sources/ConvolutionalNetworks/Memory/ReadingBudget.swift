/// The memory that the reading of one file may still take.
package struct ReadingBudget: Sendable {
  /// The bytes that may be allocated in all.
  package let limit: Int
  /// The bytes taken so far.
  package private(set) var taken = 0

  /// The budget of a file of `fileSize` bytes.
  package init(_ limits: ReadingLimits, fileSize: Int) {
    limit = limits.memory(forFileOf: fileSize)
  }

  /// That reading goes on would take more than the file may.
  package struct Exceeded: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bytes needed by now, what was taken before included.
    package let needed: Int
    /// The bytes allowed.
    package let limit: Int

    package var description: String {
      """
      reading it would take \(formattedBytes(needed)) of memory or more, and a file of its size may take \
      \(formattedBytes(limit)); if you trust it, raise ReadingLimits.baseMemory
      """
    }
  }

  /// Counts `bytes` before they are allocated.
  package mutating func take(_ bytes: Int) throws(Exceeded) {
    let (needed, overflows) = taken.addingReportingOverflow(max(bytes, 0))
    guard !overflows, needed <= limit else {
      throw Exceeded(needed: overflows ? .max : needed, limit: limit)
    }
    taken = needed
  }

  /// Counts `count` values of `stride` bytes each before they are allocated.
  package mutating func take(_ count: Int, of stride: Int) throws(Exceeded) {
    let (bytes, overflows) = count.multipliedReportingOverflow(by: stride)
    try take(overflows ? .max : bytes)
  }

  /// Gives back what is no longer held.
  package mutating func release(_ bytes: Int) { taken = max(0, taken - max(bytes, 0)) }
}
