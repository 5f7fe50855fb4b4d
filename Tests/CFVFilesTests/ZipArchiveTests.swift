import Foundation
import Testing

@testable import CFVFiles

/// Protects the reading of archives: what is strange about one is refused, so that no entry is larger than
/// its bytes in the file.
@Suite struct ZipArchiveTests {
  /// An entry as `archive` writes it; what differs from an ordinary one makes the archive a strange one.
  private struct Entry {
    var name: String
    var contents: [UInt8]
    var flags: UInt16 = 0
    var method: UInt16 = 0
    var declaredSize: UInt32?
    /// Where the directory says the entry's header lies, if not where it does.
    var header: UInt32?
  }

  private func bytes(_ numbers: [(any FixedWidthInteger, Int)]) -> [UInt8] {
    numbers.flatMap { number, count in
      (0..<count).map { UInt8(truncatingIfNeeded: UInt64(truncatingIfNeeded: number) >> (8 * $0)) }
    }
  }

  private func archive(_ entries: [Entry], comment: [UInt8] = []) throws -> ZipArchive {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let header = file.count
      let name = Array(entry.name.utf8)
      let size = entry.declaredSize ?? UInt32(entry.contents.count)
      // As writers do that stream: the sizes stand in the directory alone.
      file += bytes([
        (0x0403_4B50, 4), (20, 2), (entry.flags, 2), (entry.method, 2), (0, 4), (0, 4), (0, 4),
        (0, 4),
        (name.count, 2), (3, 2),
      ])
      file += name + [0, 0, 0] + entry.contents
      directory += bytes([
        (0x0201_4B50, 4), (20, 2), (20, 2), (entry.flags, 2), (entry.method, 2), (0, 4), (0, 4),
        (size, 4), (size, 4), (name.count, 2), (0, 2), (0, 2), (0, 2), (0, 2), (0, 4),
        (entry.header ?? UInt32(header), 4),
      ])
      directory += name
    }
    let start = file.count
    file += directory
    file += bytes([
      (0x0605_4B50, 4), (0, 2), (0, 2), (entries.count, 2), (entries.count, 2),
      (directory.count, 4),
      (start, 4), (comment.count, 2),
    ])
    return try ZipArchive(FileBytes(Data(file + comment), name: "x.zip"))
  }

  private func reason(_ entries: [Entry]) -> String? {
    #expect(throws: FileFailure.self) { try archive(entries) }?.reason
  }

  @Test func `entries are found behind names, extra fields and before a comment`() throws {
    let archive = try archive(
      [Entry(name: "a/data", contents: [1, 2, 3]), Entry(name: "empty", contents: [])],
      comment: Array("PK\u{5}\u{6} is no record".utf8))
    #expect(archive.names == ["a/data", "empty"])
    #expect(try archive.bytes.bytes(#require(archive.range(of: "a/data"))) == [1, 2, 3])
    #expect(archive.range(of: "empty")?.isEmpty == true)
    #expect(archive.range(of: "other") == nil)
  }

  @Test func `compressed and encrypted entries are refused`() {
    #expect(reason([Entry(name: "a", contents: [1], method: 8)]) == "its entry 'a' is compressed")
    #expect(reason([Entry(name: "a", contents: [1], flags: 1)]) == "its entry 'a' is encrypted")
  }

  @Test func `entries outside the archive, twice the same, or one over another are refused`() {
    #expect(
      reason([Entry(name: "a", contents: [1], declaredSize: 1 << 30)])
        == "its entry 'a' lies outside the archive")
    #expect(
      reason([Entry(name: "a", contents: [1], header: 1 << 30)])
        == "its entry 'a' lies outside the archive")
    #expect(reason([Entry(name: "a", contents: [1], header: 1)]) == "its entry 'a' has no header")
    #expect(
      reason([Entry(name: "a", contents: [1]), Entry(name: "a", contents: [2])])
        == "it has two entries 'a'")
    #expect(
      reason([Entry(name: "a", contents: [1, 2]), Entry(name: "b", contents: [2], header: 0)])
        == "its entries 'a' and 'b' overlap")
  }

  @Test func `sizes of 64 bits are read`() throws {
    let name = Array("a".utf8)
    var file = bytes([
      (0x0403_4B50, 4), (45, 2), (0, 2), (0, 2), (0, 4), (0, 4), (UInt32.max, 4), (UInt32.max, 4),
      (1, 2),
      (20, 2),
    ])
    file += name + bytes([(1, 2), (16, 2), (3, 8), (3, 8)]) + [7, 8, 9]
    let start = file.count
    file += bytes([
      (0x0201_4B50, 4), (45, 2), (45, 2), (0, 2), (0, 2), (0, 4), (0, 4), (UInt32.max, 4),
      (UInt32.max, 4), (1, 2), (28, 2), (0, 2), (0, 2), (0, 2), (0, 4), (UInt32.max, 4),
    ])
    file += name + bytes([(1, 2), (24, 2), (3, 8), (3, 8), (0, 8)])
    let size = file.count - start
    let record = file.count
    file += bytes([
      (0x0606_4B50, 4), (44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (1, 8), (1, 8), (size, 8),
      (start, 8),
    ])
    file += bytes([(0x0706_4B50, 4), (0, 4), (record, 8), (1, 4)])
    file += bytes([
      (0x0605_4B50, 4), (0, 2), (0, 2), (UInt16.max, 2), (UInt16.max, 2), (UInt32.max, 4),
      (UInt32.max, 4), (0, 2),
    ])
    let archive = try ZipArchive(FileBytes(Data(file), name: "x.zip"))
    #expect(try archive.bytes.bytes(#require(archive.range(of: "a"))) == [7, 8, 9])
    for count in 0..<file.count {
      #expect(throws: FileFailure.self) {
        try ZipArchive(FileBytes(Data(file.prefix(count)), name: "x.zip"))
      }
    }
  }
}
