import CFVFiles
import Foundation
import Testing

@Suite("A file replaced as a whole")
struct WholeFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "CFVFilesTests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var contents: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  /// Protects the plain case: contents as given, no other file beside it.
  @Test func replaces() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = WholeFile(folder.appending(path: "a"))
    for text in ["first", "second, longer", ""] {
      try file.write(Data(text.utf8))
      #expect(try file.read() == Data(text.utf8))
    }
    #expect(try contents == ["a"])
  }

  /// Protects links: what they lead to is replaced, they stay.
  @Test func linkStaysALink() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let link = folder.appending(path: "link")
    try WholeFile(folder.appending(path: "target")).write(Data([1]))
    try FileManager.default.createSymbolicLink(
      atPath: link.path, withDestinationPath: "target")
    try WholeFile(link).write(Data([2]))
    #expect(try WholeFile(folder.appending(path: "target")).read() == Data([2]))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == "target")
    #expect(try contents == ["link", "target"])
  }

  /// Protects devices, a pipe standing for them: a file renamed over /dev/null would take it away from the
  /// whole machine.
  @Test func pipeStaysAPipe() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    // A reader, so that writing does not wait for one.
    let reader = open(pipe.path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try WholeFile(pipe).write(Data([7]))
    var byte: UInt8 = 0
    #expect(read(reader, &byte, 1) == 1 && byte == 7)
    var status = stat()
    #expect(stat(pipe.path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
  }

  /// Protects the words of failures, and that they leave nothing behind.
  @Test func failuresGiveTheSystemsReason() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let missing = WholeFile(folder.appending(path: "missing/a"))
    let noSuchFile = "No such file or directory"
    #expect { try missing.write(Data()) } throws: { ($0 as? FileFailure)?.reason == noSuchFile }
    #expect { try missing.read() } throws: { ($0 as? FileFailure)?.reason == noSuchFile }
    #expect { try WholeFile(folder).write(Data()) } throws: {
      ($0 as? FileFailure)?.reason == "Is a directory"
    }
    #expect(try contents == [])
  }
}
