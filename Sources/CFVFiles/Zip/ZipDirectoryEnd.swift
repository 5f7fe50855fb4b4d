/// The record at the end of an archive that tells where the directory lies.
struct ZipDirectoryEnd {
  let directory: Range<Int>
  let entryCount: Int

  private static let size = 22
  private static let longestComment = 0xFFFF

  init(of bytes: FileBytes) throws(FileFailure) {
    let tailStart = max(0, bytes.count - Self.size - Self.longestComment)
    let tail = try bytes.bytes(tailStart..<bytes.count)
    guard let record = Self.position(in: tail) else {
      throw FileFailure("it is cut off, or no zip archive")
    }
    let position = tailStart + record
    var count = UInt64(tail.littleEndian(UInt16.self, at: record + 10))
    var size = UInt64(tail.littleEndian(UInt32.self, at: record + 12))
    var offset = UInt64(tail.littleEndian(UInt32.self, at: record + 16))
    var limit = position
    if let long = try Self.longRecord(before: position, in: bytes) {
      (count, size, offset, limit) = long
    }
    guard offset <= UInt64(limit), size <= UInt64(limit) - offset,
      count <= size / UInt64(ZipDirectory.Entry.fixedSize)
    else { throw FileFailure("its directory lies outside the archive") }
    directory = Int(offset)..<Int(offset + size)
    entryCount = Int(count)
  }

  /// The last record whose comment ends where the file does.
  private static func position(in tail: [UInt8]) -> Int? {
    guard tail.count >= size else { return nil }
    return (0...(tail.count - size)).last { start in
      tail[start] == 0x50 && tail.littleEndian(UInt32.self, at: start) == 0x0605_4B50
        && start + size + Int(tail.littleEndian(UInt16.self, at: start + 20)) == tail.count
    }
  }

  /// The numbers of the zip64 record, and where it begins; `nil` where the archive has none.
  private static func longRecord(before position: Int, in bytes: FileBytes)
    throws(FileFailure) -> (count: UInt64, size: UInt64, offset: UInt64, limit: Int)?
  {
    let (locatorSize, recordSize) = (20, 56)
    guard position >= locatorSize else { return nil }
    let locator = try bytes.bytes((position - locatorSize)..<position)
    guard locator.littleEndian(UInt32.self, at: 0) == 0x0706_4B50 else { return nil }
    let start = locator.littleEndian(UInt64.self, at: 8)
    guard position >= locatorSize + recordSize,
      start <= UInt64(position - locatorSize - recordSize)
    else { throw FileFailure("its zip64 record lies outside the archive") }
    let record = try bytes.bytes(Int(start)..<(Int(start) + recordSize))
    guard record.littleEndian(UInt32.self, at: 0) == 0x0606_4B50 else {
      throw FileFailure("its zip64 record is missing")
    }
    return (
      record.littleEndian(UInt64.self, at: 32), record.littleEndian(UInt64.self, at: 40),
      record.littleEndian(UInt64.self, at: 48), Int(start)
    )
  }
}
