import ConvolutionalNetworks
import Foundation
import PictureFiles
import Testing

/// Protects streams of pictures: their order, what counts as one, and what is wrong with some.
@Suite("A folder of pictures") struct PictureFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ name: String, level: Float = 0.5) throws {
    let url = folder.file(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try PictureFile(url).write(Tensor(shape: [2, 3, 3], repeating: level))
  }

  private func names() throws -> [String] { try PictureFolder(folder.url).files.map(\.name) }

  /// Protects the order: bytes of names, folders in the place of theirs, whatever the disk or the language says.
  @Test func order() throws {
    for name in ["b.png", "a10.png", "a2.png", "Z.png", "a/1.png", "a/b/2.png", "a/c.jpg", "é.png"]
    {
      try write(name)
    }
    #expect(
      try names() == [
        "Z.png", "a/1.png", "a/b/2.png", "a/c.jpg", "a10.png", "a2.png", "b.png", "é.png",
      ])
  }

  /// Protects against notes, thumbnails and devices: a picture is a regular file that begins as one or is named as one.
  @Test func whatIsAPicture() throws {
    try write("shown.png")
    try write(".hidden.png")
    try write(".thumbnails/small.png")
    try Data("notes".utf8).write(to: folder.file("notes.txt"))
    try Data().write(to: folder.file("empty"))
    // Without an ending, but a picture.
    try FileManager.default.copyItem(at: folder.file("shown.png"), to: folder.file("unnamed"))
    try Data("text".utf8).write(to: folder.file("text.jpeg"))
    mkfifo(folder.file("pipe.png").path, 0o600)
    #expect(try names() == ["shown.png", "text.jpeg", "unnamed"])
  }

  /// Protects links: those to files count, a folder is entered once, and a circle ends.
  @Test func links() throws {
    try write("one/a.png")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      at: folder.file("link.png"), withDestinationURL: folder.file("one/a.png"))
    try manager.createSymbolicLink(at: folder.file("again"), withDestinationURL: folder.file("one"))
    try manager.createSymbolicLink(
      at: folder.file("one/up"), withDestinationURL: folder.url)
    try manager.createSymbolicLink(
      at: folder.file("lost.png"), withDestinationURL: folder.file("nothing.png"))
    #expect(try names() == ["again/a.png", "link.png", "lost.png"])
    let items = try Array(PictureFolder(folder.url).pictures())
    #expect(items.map { (try? $0.content.get()) != nil } == [true, true, false])
  }

  /// Protects long runs: a damaged picture comes in its place with its reason, and the others go on.
  @Test(arguments: [(1, 1), (3, 2), (50, 4)]) func damagedOnes(ahead: Int, threads: Int) throws {
    for index in 0..<20 { try write("\(100 + index).png", level: Float(index) / 255) }
    let whole = try Data(contentsOf: folder.file("107.png"))
    try whole.prefix(30).write(to: folder.file("107.png"))
    try Data("no picture".utf8).write(to: folder.file("113.png"))
    let items = Array(
      try PictureFolder(folder.url).pictures(ahead: ahead, threads: threads) {
        $0.map { 255 * $0 }
      })
    #expect(items.map(\.name) == (100..<120).map { "\($0).png" })
    for (index, item) in items.enumerated() {
      switch item.content {
      case .success(let picture):
        #expect(picture.shape == [1, 2, 3, 3] && abs(picture.elements[0] - Float(index)) < 1e-4)
      case .failure(let error):
        #expect(index == 7 || index == 13)
        #expect(error.description.contains(item.name))
      }
    }
    let rest = try PictureFolder(folder.url).pictures(droppingFirst: 18, ahead: ahead)
    #expect(rest.map(\.name) == ["118.png", "119.png"])
    #expect(try Array(PictureFolder(folder.url).pictures(droppingFirst: 99)).isEmpty)
  }

  /// Protects a caller that stops early: what is being decoded is let go.
  @Test func stopsEarly() throws {
    for index in 0..<10 { try write("\(index).png") }
    for _ in 0..<20 {
      let stream = try PictureFolder(folder.url).pictures(ahead: 8, threads: 4)
      #expect(stream.next()?.name == "0.png")
    }
  }

  /// Protects the first words that somebody reads who names a wrong folder.
  @Test func wrongFolders() throws {
    #expect(throws: PictureFolderError.noPictures(folder.url.relativePath)) {
      try PictureFolder(folder.url)
    }
    try write("a.png")
    #expect(throws: PictureFolderError.notAFolder(folder.file("a.png").relativePath)) {
      try PictureFolder(folder.file("a.png"))
    }
    #expect {
      try PictureFolder(folder.file("nowhere"))
    } throws: { error in
      guard case .unreadable(let name, _) = error as? PictureFolderError else { return false }
      return name == folder.file("nowhere").relativePath
    }
  }
}
