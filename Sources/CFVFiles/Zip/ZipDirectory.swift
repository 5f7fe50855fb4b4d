/// The list of an archive's entries.
struct ZipDirectory {
  let entries: [Entry]

  struct Entry {
    let name: String
    let size: Int
    /// Where the entry's own header begins.
    let header: Int
    /// Why its contents cannot be read as they lie; `nil` where they can.
    let obstacle: String?

    static let fixedSize = 46
  }

  /// More than any network has, and little enough to be read at once.
  private static let largestSize = 64 << 20

  init(_ bytes: FileBytes, _ end: ZipDirectoryEnd) throws(FileFailure) {
    guard end.directory.count <= Self.largestSize else {
      throw FileFailure("its directory takes \(end.directory.count) bytes")
    }
    let directory = try bytes.bytes(end.directory)
    var entries: [Entry] = []
    var position = 0
    for _ in 0..<end.entryCount { entries.append(try Self.entry(in: directory, at: &position)) }
    self.entries = entries
  }

  private static func entry(in directory: [UInt8], at position: inout Int) throws(FileFailure)
    -> Entry
  {
    let cut = FileFailure("its directory is cut off")
    guard directory.count - position >= Entry.fixedSize else { throw cut }
    guard directory.littleEndian(UInt32.self, at: position) == 0x0201_4B50 else {
      throw FileFailure("its directory is damaged")
    }
    func half(_ offset: Int) -> Int {
      Int(directory.littleEndian(UInt16.self, at: position + offset))
    }
    func word(_ offset: Int) -> UInt32 {
      directory.littleEndian(UInt32.self, at: position + offset)
    }
    let nameStart = position + Entry.fixedSize
    let extraStart = nameStart + half(28)
    let next = extraStart + half(30) + half(32)
    guard next <= directory.count else { throw cut }
    guard let name = String(validating: directory[nameStart..<extraStart], as: UTF8.self) else {
      throw FileFailure("the name of an entry is no text")
    }
    var long = ZipLongNumbers(directory[extraStart..<(extraStart + half(30))])
    let size = try long.number(word(24))
    let stored = try long.number(word(20))
    let header = try long.number(word(42))
    let obstacle =
      half(8) & 1 != 0 ? "encrypted" : half(10) != 0 || size != stored ? "compressed" : nil
    position = next
    return Entry(name: name, size: size, header: header, obstacle: obstacle)
  }
}

/// The numbers of an entry that take more than 32 bits, in the order of the entry's fields.
private struct ZipLongNumbers {
  private var numbers: ArraySlice<UInt8> = []

  init(_ extra: ArraySlice<UInt8>) {
    // Cut from the front as slices, which copy nothing: an entry may have thousands of fields.
    let fields = Array(extra)
    var rest = fields[...]
    while rest.count >= 4 {
      let kind = fields.littleEndian(UInt16.self, at: rest.startIndex)
      let size = Int(fields.littleEndian(UInt16.self, at: rest.startIndex + 2))
      rest = rest.dropFirst(4)
      guard size <= rest.count else { return }
      if kind == 1 {
        numbers = rest.prefix(size)
        return
      }
      rest = rest.dropFirst(size)
    }
  }

  /// The number that `field` holds, or that it leaves to these.
  mutating func number(_ field: UInt32) throws(FileFailure) -> Int {
    guard field == .max else { return Int(field) }
    guard numbers.count >= 8,
      let number = Int(exactly: Array(numbers.prefix(8)).littleEndian(UInt64.self, at: 0))
    else { throw FileFailure("its directory is damaged: a 64-bit number is missing") }
    numbers.removeFirst(8)
    return number
  }
}
