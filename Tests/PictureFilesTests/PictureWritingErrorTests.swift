import ConvolutionalNetworks
import Foundation
import PictureFiles
import Testing

@Suite("A picture that cannot be written")
struct PictureWritingErrorTests {
  private let picture = SamplePicture.gradient(height: 4, width: 4)

  /// Protects against guessing a format, and against files with the wrong name.
  @Test(arguments: ["a.gif", "a", "png", "a.png.txt"]) func unknownExtension(name: String) throws {
    let folder = try TemporaryFolder()
    let url = folder.file(name)
    #expect(throws: PictureFileError.unsupportedExtension(file: url.relativePath)) {
      try PictureFile(url).write(picture)
    }
    #expect(try folder.contents == [])
  }

  /// Protects against traps on shapes that are no single picture.
  @Test(arguments: [
    [], [4], [4, 4], [4, 4, 0], [4, 4, 5], [4, 4, 2], [1, 4, 4, 4], [2, 4, 4, 3], [0, 4, 4, 3],
    [0, 4, 3], [4, 0, 3],
    [1, 1, 4, 4, 3],
  ]) func unsupportedShape(shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.png")
    #expect(
      throws: PictureFileError.unsupportedShape(file: url.relativePath, shape: shape)
    ) { try PictureFile(url).write(Tensor(shape: shape)) }
    #expect(try folder.contents == [])
  }

  /// Protects against an opacity that is dropped in silence: a JPEG has none, and a PNG one for each pixel.
  @Test(arguments: [("a.jpg", [4, 4, 1]), ("a.png", [4, 4, 3]), ("a.png", [1, 4, 5, 1])])
  func unfitOpacity(name: String, shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let url = folder.file(name)
    #expect(
      throws: PictureFileError.unsupportedOpacity(file: url.relativePath, shape: shape)
    ) {
      try PictureFile(url).write(Tensor(shape: [4, 4, 3]), opacity: Tensor(shape: shape))
    }
    #expect(try folder.contents == [])
  }

  /// Protects against a black pixel where a computation failed.
  @Test func notANumber() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("a.png")
    var broken = picture
    broken[0, 2, 1, 1] = .nan
    #expect(
      throws: PictureFileError.notANumber(
        file: url.relativePath, row: 2, column: 1, channel: 1)
    ) { try PictureFile(url).write(broken) }
    #expect(try folder.contents == [])
  }

  /// Protects against half-written files: nothing new is left behind, nothing old is lost.
  @Test func unwritableLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let occupied = folder.file("folder.png")
    try FileManager.default.createDirectory(at: occupied, withIntermediateDirectories: true)
    let plain = try folder.file("plain.txt", holding: [1, 2])
    let places = [
      occupied, folder.file("missing/a.png"), plain.appending(path: "a.png"),
    ]
    for url in places {
      do {
        try PictureFile(url).write(picture)
        Issue.record("\(url.relativePath) was written")
      } catch .unwritable(let file, let reason) {
        #expect(file == url.relativePath && !reason.isEmpty)
      }
    }
    #expect(try folder.contents == ["folder.png", "plain.txt"])
    #expect(try Data(contentsOf: plain) == Data([1, 2]))
  }

  /// Protects against a folder one may not write to, for those whom permissions bind.
  @Test(.enabled(if: getuid() != 0, "the superuser may write anywhere"))
  func folderWithoutPermission() throws {
    let folder = try TemporaryFolder()
    let closed = folder.file("closed")
    try FileManager.default.createDirectory(
      at: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
    let url = closed.appending(path: "a.png")
    #expect(
      throws: PictureFileError.unwritable(file: url.relativePath, reason: "Permission denied")
    ) { try PictureFile(url).write(picture) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: closed.path) == [])
  }

  /// Protects the limit of JPEG: 65,500 pixels a side, and libgd's words for it.
  @Test func tooWideForAJPEG() throws {
    let folder = try TemporaryFolder()
    let wide = Tensor(shape: [1, 70_000, 1])
    #expect(throws: PictureFileError.self) { try PictureFile(folder.file("a.jpg")).write(wide) }
    #expect(try folder.contents == [])
    try PictureFile(folder.file("a.png")).write(wide)
    #expect(try PictureFile(folder.file("a.png")).read(.gray).shape == [1, 1, 70_000, 1])
  }

  /// Protects the messages: they name the file and the rule.
  @Test func messagesNameFileAndRule() {
    let error = PictureFileError.unsupportedExtension(file: "a.bmp")
    #expect("\(error)" == "cannot write picture 'a.bmp': its name must end in .png, .jpg, .jpeg")
    let shape = PictureFileError.unsupportedShape(file: "a.png", shape: [2, 4, 4, 3])
    #expect("\(shape)".contains("'a.png'") && "\(shape)".contains("[2, 4, 4, 3]"))
  }
}
