/// A zip archive of uncompressed entries, which is what PyTorch and Keras write.
///
/// It is read strictly: entries that are compressed, encrypted, duplicate, overlapping or outside the file
/// are refused, so that an entry never takes more memory than it has bytes in the file.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
package struct ZipArchive: Sendable {
  /// The archive's bytes.
  package let bytes: FileBytes
  /// The entries' names in the directory's order.
  package let names: [String]

  private let ranges: [String: Range<Int>]

  /// Whether bytes begin as an archive does.
  package static func isArchive(_ bytes: FileBytes) throws(FileFailure) -> Bool {
    guard bytes.count >= 4 else { return false }
    return try bytes.bytes(0..<4) == [0x50, 0x4B, 3, 4]
  }

  /// The names of the entries of any archive, those too that are compressed or encrypted.
  package static func names(in bytes: FileBytes) throws(FileFailure) -> [String] {
    try ZipDirectory(bytes, ZipDirectoryEnd(of: bytes)).entries.map(\.name)
  }

  package init(_ bytes: FileBytes) throws(FileFailure) {
    self.bytes = bytes
    let end = try ZipDirectoryEnd(of: bytes)
    let entries = try ZipDirectory(bytes, end).entries
    for entry in entries {
      guard let obstacle = entry.obstacle else { continue }
      throw FileFailure("its entry '\(entry.name)' is \(obstacle)")
    }
    names = entries.map(\.name)
    ranges = try Self.ranges(of: entries, in: bytes, limit: end.directory.lowerBound)
  }

  /// Where in `bytes` an entry's contents lie; `nil` where there is no such entry.
  package func range(of name: String) -> Range<Int>? { ranges[name] }

  /// The places of the entries' contents, none of which overlap.
  private static func ranges(
    of entries: [ZipDirectory.Entry], in bytes: FileBytes, limit: Int
  ) throws(FileFailure) -> [String: Range<Int>] {
    var ranges: [String: Range<Int>] = [:]
    var previous = (name: "", end: 0)
    for entry in entries.sorted(by: { $0.header < $1.header }) {
      let range = try contents(of: entry, in: bytes, limit: limit)
      guard entry.header >= previous.end else {
        throw FileFailure("its entries '\(previous.name)' and '\(entry.name)' overlap")
      }
      guard ranges.updateValue(range, forKey: entry.name) == nil else {
        throw FileFailure("it has two entries '\(entry.name)'")
      }
      previous = (entry.name, range.upperBound)
    }
    return ranges
  }

  /// Sizes are taken from the directory: those who stream an archive leave them out of the entry's header.
  private static func contents(
    of entry: ZipDirectory.Entry, in bytes: FileBytes, limit: Int
  ) throws(FileFailure) -> Range<Int> {
    let fixed = 30
    let outside = FileFailure("its entry '\(entry.name)' lies outside the archive")
    guard entry.header >= 0, entry.header <= limit - fixed else { throw outside }
    let header = try bytes.bytes(entry.header..<(entry.header + fixed))
    guard header.littleEndian(UInt32.self, at: 0) == 0x0403_4B50 else {
      throw FileFailure("its entry '\(entry.name)' has no header")
    }
    let start =
      entry.header + fixed + Int(header.littleEndian(UInt16.self, at: 26))
      + Int(header.littleEndian(UInt16.self, at: 28))
    guard start <= limit, entry.size <= limit - start else { throw outside }
    return start..<(start + entry.size)
  }
}

extension [UInt8] {
  /// The little-endian number at `offset`, all of whose bytes are there.
  func littleEndian<Number: FixedWidthInteger>(_: Number.Type, at offset: Int) -> Number {
    withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }
}
