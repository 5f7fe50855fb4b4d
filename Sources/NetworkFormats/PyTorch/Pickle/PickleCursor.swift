internal import CFVFiles

/// Reads the bytes of a pickle one after the other.
struct PickleCursor {
  private(set) var position: Int
  private let end: Int
  private let bytes: FileBytes
  private var window: [UInt8] = []
  private var windowStart = 0

  private static let windowSize = 1 << 16

  /// A cursor at the beginning of `range`.
  init(_ bytes: FileBytes, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  mutating func byte() throws(WeightsFileError.Problem) -> UInt8 {
    try require(1)
    defer { position += 1 }
    return window[position - windowStart]
  }

  /// A little-endian number of `count` bytes, at most 8.
  mutating func number(byteCount: Int) throws(WeightsFileError.Problem) -> UInt64 {
    try require(byteCount)
    defer { position += byteCount }
    let start = position - windowStart
    return window[start..<(start + byteCount)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The next `count` bytes.
  mutating func take(_ count: UInt64) throws(WeightsFileError.Problem) -> ArraySlice<UInt8> {
    guard count <= UInt64(end - position) else { throw .damaged(reason: Self.cutOff) }
    try require(Int(count))
    defer { position += Int(count) }
    let start = position - windowStart
    return window[start..<(start + Int(count))]
  }

  /// Leaves out the next `count` bytes.
  mutating func leaveOut(_ count: UInt64) throws(WeightsFileError.Problem) {
    guard count <= UInt64(end - position) else { throw .damaged(reason: Self.cutOff) }
    position += Int(count)
  }

  /// Goes on at `position`, which lies in the range.
  mutating func skip(to position: Int) { self.position = position }

  /// The next `count` bytes as text; `nil` where they are none.
  mutating func text(_ count: UInt64) throws(WeightsFileError.Problem) -> String? {
    String(validating: try take(count), as: UTF8.self)
  }

  /// The text up to the next line feed, which is skipped.
  mutating func line() throws(WeightsFileError.Problem) -> String {
    var line: [UInt8] = []
    while true {
      let next = try byte()
      if next == UInt8(ascii: "\n") { break }
      line.append(next)
      guard line.count <= Self.longestLine else { throw .damaged(reason: "a line is too long") }
    }
    return String(decoding: line, as: UTF8.self)
  }

  private static let longestLine = 1_000
  private static let cutOff = "its pickle is cut off"

  /// Sees to it that the next `count` bytes are in the window.
  private mutating func require(_ count: Int) throws(WeightsFileError.Problem) {
    guard count <= end - position else { throw .damaged(reason: Self.cutOff) }
    guard position < windowStart || position + count > windowStart + window.count else { return }
    let size = min(max(count, Self.windowSize), end - position)
    do throws(FileFailure) { window = try bytes.bytes(position..<(position + size)) } catch {
      throw .unreadable(reason: error.reason)
    }
    windowStart = position
  }
}
