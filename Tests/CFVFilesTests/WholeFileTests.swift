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

  /// Protects names as long as a file system takes: the temporary one must not be longer.
  @Test func longestName() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let longest = folder.appending(path: String(repeating: "n", count: 255))
    try WholeFile(longest).checkWritable()
    try WholeFile(longest).write(Data([1]))
    #expect(try contents == [longest.lastPathComponent])
    let longer = WholeFile(folder.appending(path: String(repeating: "n", count: 256)))
    #expect(reason { try longer.checkWritable() } == "File name too long")
    #expect(reason { try longer.write(Data([1])) } == "File name too long")
    #expect(try contents == [longest.lastPathComponent])
  }

  /// Protects links that lead nowhere yet, to nowhere at all and in circles.
  @Test func danglingLinks() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, destination) in [("new", "made"), ("lost", "missing/a"), ("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path, withDestinationPath: destination)
    }
    try WholeFile(folder.appending(path: "new")).checkWritable()
    #expect(try contents == ["a", "b", "lost", "new"])
    try WholeFile(folder.appending(path: "new")).write(Data([5]))
    #expect(try Data(contentsOf: folder.appending(path: "made")) == Data([5]))
    for (name, words) in [
      ("lost", "No such file or directory"), ("a", "Too many levels of symbolic links"),
    ] {
      let file = WholeFile(folder.appending(path: name))
      #expect(reason { try file.checkWritable() } == words)
      #expect(reason { try file.write(Data([5])) } == words)
    }
    #expect(try contents == ["a", "b", "lost", "made", "new"])
  }

  /// Protects the permissions that somebody gave a file, and that a check leaves file and folder as they are.
  @Test func permissionsStay() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "a")
    try WholeFile(url).write(Data([1]))
    chmod(url.path, 0o604)
    try WholeFile(url).checkWritable()
    #expect(try Data(contentsOf: url) == Data([1]))
    try WholeFile(url).write(Data([2]))
    var status = stat()
    #expect(stat(url.path, &status) == 0 && status.st_mode & 0o777 == 0o604)
    #expect(try contents == ["a"])
  }

  /// Protects the process from the signal that a file-size limit sends, and what was there before.
  @Test func failureWhileWriting() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = WholeFile(folder.appending(path: "a"))
    try file.write(Data([1]))
    // A device that is always full stands for a disk, and the end of a pipe that nobody reads for a limit: both
    // would end the process or be lost.
    #if os(Linux)
      let full = WholeFile(URL(filePath: "/dev/full"))
      #expect(reason { try full.write(Data([7])) } == "No space left on device")
    #endif
    let pipe = folder.appending(path: "pipe")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let reader = open(pipe.path, O_RDONLY | O_NONBLOCK)
    let broken = reason {
      try WholeFile(pipe).write { writer throws(FileFailure) in
        close(reader)
        try writer.append([7])
      }
    }
    #expect(broken == "Broken pipe")
    #expect(
      reason { try file.write { _ throws(FileFailure) in throw FileFailure("stopped") } }
        == "stopped")
    #expect(try file.read() == Data([1]))
    #expect(try contents == ["a", "pipe"])
  }

  /// Protects against waiting for ever: only regular files are read, and none of more bytes than asked for.
  @Test func onlyRegularFilesAreRead() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appending(path: "pipe")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let link = folder.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: pipe)
    for url in [pipe, link] {
      #expect(reason { _ = try WholeFile(url).read() }?.contains("pipe") ?? false)
      #expect(reason { _ = try FileBytes(url) }?.contains("pipe") ?? false)
    }
    #expect(
      reason { _ = try WholeFile(URL(filePath: "/dev/zero")).read() }?.contains("device") ?? false)
    #expect(reason { _ = try WholeFile(folder).read() } == "Is a directory")
    let file = WholeFile(folder.appending(path: "a"))
    try file.write(Data(count: 10))
    #expect(try file.read(atMost: 10).count == 10)
    #expect(reason { _ = try file.read(atMost: 9) } == "it has 10 bytes; at most 9 are read")
  }

  /// Protects that what cannot be written is known before long work.
  @Test func checksWithoutATrace() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try WholeFile(folder.appending(path: "a")).checkWritable()
    #expect(reason { try WholeFile(folder).checkWritable() } == "Is a directory")
    #expect(
      reason { try WholeFile(folder.appending(path: "b/c")).checkWritable() }
        == "No such file or directory")
    #expect(
      reason { try WholeFile(folder.appending(path: "a")).checkWritable(byteCount: .max) }
        == "No space left on device")
    #expect(try contents == [])
    // The super user may write anywhere.
    guard geteuid() != 0 else { return }
    chmod(folder.path, 0o555)
    defer { chmod(folder.path, 0o755) }
    #expect(
      reason { try WholeFile(folder.appending(path: "a")).checkWritable() } == "Permission denied")
  }

  private func reason(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch { return (error as? FileFailure)?.reason ?? "\(error)" }
  }
}
