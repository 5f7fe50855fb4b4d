/// Writes and takes apart archives of uncompressed entries, so that a changed entry has the right sizes.
struct StoredZip {
  var entries: [(name: String, contents: [UInt8])]

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for (name, contents) in entries {
      let sizes = Self.number(contents.count, 4) + Self.number(contents.count, 4)
      let fields = Self.number(0, 10) + Self.number(0, 4) + sizes + Self.number(name.utf8.count, 2)
      let header = bytes.count
      bytes += [0x50, 0x4B, 3, 4] + fields + Self.number(0, 2) + Array(name.utf8) + contents
      directory += [0x50, 0x4B, 1, 2, 0, 0] + fields + Self.number(0, 12)
      directory += Self.number(header, 4) + Array(name.utf8)
    }
    let count = Self.number(entries.count, 2)
    let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + Self.number(directory.count, 4)
    return bytes + directory + end + Self.number(bytes.count, 4) + [0, 0]
  }

  private static func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
