internal import CFVFiles

/// A file read in windows: many small pieces that follow one another take few calls of the system.
struct WindowedBytes {
  private let file: FileBytes
  private var window: [UInt8] = []
  private var windowStart = 0

  private static let windowSize = 1 << 16

  init(_ file: FileBytes) { self.file = file }

  var count: Int { file.count }

  /// A copy of the bytes of `range`, which lies within the file.
  mutating func bytes(_ range: Range<Int>) throws(FileFailure) -> [UInt8] {
    guard range.count < Self.windowSize / 2 else { return try file.bytes(range) }
    if range.lowerBound < windowStart || range.upperBound > windowStart + window.count {
      windowStart = range.lowerBound
      window = try file.bytes(
        windowStart..<min(max(windowStart + Self.windowSize, range.upperBound), file.count))
    }
    let start = range.lowerBound - windowStart
    return Array(window[start..<(start + range.count)])
  }
}
