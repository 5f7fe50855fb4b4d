import ConvolutionalNetworks
import Foundation
import Testing

@testable import PictureFiles

@Suite("A damaged picture is an error, not half a picture")
struct DamagedPictureTests {
  /// Protects against libgd's habit of filling the missing part with grey.
  @Test(arguments: ["png", "jpg"]) func truncated(fileExtension: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try SamplePicture.bytes(height: 200, width: 300, fileExtension: fileExtension)
    let cuts = (1...16).map { bytes.count * $0 / 17 } + [bytes.count - 2, bytes.count - 1]
    for cut in cuts {
      let file = PictureFile(
        try folder.file("cut.\(fileExtension)", holding: Array(bytes[..<cut])))
      expectDamage(in: file, "cut after \(cut) of \(bytes.count) bytes")
    }
  }

  /// Protects against a JPEG whose middle is missing while the end mark is there.
  @Test func jpegWithAHole() throws {
    let folder = try TemporaryFolder()
    let bytes = try SamplePicture.bytes(height: 200, width: 300, fileExtension: "jpg")
    let hole = bytes[..<(bytes.count / 2)] + [0xFF, 0xD9]
    expectDamage(in: PictureFile(try folder.file("hole.jpg", holding: Array(hole))), "hole")
  }

  /// Protects the checksums: a PNG with any one bit wrong does not pass.
  @Test func everyBitOfAPNGCounts() throws {
    let bytes = try SamplePicture.bytes(height: 2, width: 3, fileExtension: "png")
    for bit in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: PictureFileError.self, "bit \(bit)") {
        try PictureFile.picture(in: flipped, of: "flipped.png")
      }
    }
  }

  /// Protects against crashes: a JPEG has no checksums, so a wrong bit may pass as another colour, but what
  /// is read is a picture.
  @Test func flippedBitsOfAJPEGNeverTrap() throws {
    let bytes = try SamplePicture.bytes(height: 8, width: 8, fileExtension: "jpg")
    var errors = 0
    for bit in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      do {
        let picture = try PictureFile.picture(in: flipped, of: "flipped.jpg")
        #expect(picture.rank == 4 && picture.shape[3] == 3 && picture.count > 0)
        #expect((0...1).contains(picture.elements.max() ?? -1))
      } catch { errors += 1 }
    }
    #expect(errors > bytes.count)
  }

  /// Protects memory: a header of a few bytes must not make the reader allocate terabytes.
  @Test func hugeSizeIsRefusedBeforeDecoding() throws {
    let folder = try TemporaryFolder()
    var bytes = try SamplePicture.bytes(height: 8, width: 8, fileExtension: "jpg")
    let header = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
    bytes.replaceSubrange(header + 5..<header + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
    let url = try folder.file("huge.jpg", holding: bytes)
    #expect(
      throws: PictureFileError.tooLarge(file: url.relativePath, height: 65535, width: 65535)
    ) { try PictureFile(url).read() }
  }

  /// Protects against trusting names: contents decide.
  @Test func contentsDecideWhatAFileIs() throws {
    let folder = try TemporaryFolder()
    for (name, bytes) in [("text.png", Array("P3 2 2 255".utf8)), ("empty.jpg", [])] {
      let url = try folder.file(name, holding: bytes)
      #expect(throws: PictureFileError.notAPicture(file: url.relativePath)) {
        try PictureFile(url).read()
      }
    }
    let png = try SamplePicture.bytes(height: 4, width: 5, fileExtension: "png")
    let misnamed = PictureFile(try folder.file("really-a-png.jpg", holding: png))
    #expect(try misnamed.read() == SamplePicture.gradient(height: 4, width: 5))
  }

  /// Protects pictures with something after their end, as cameras write: no damage.
  @Test(arguments: ["png", "jpg"]) func bytesAfterTheEndDoNotCount(fileExtension: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try SamplePicture.bytes(height: 9, width: 9, fileExtension: fileExtension)
    let plain = PictureFile(try folder.file("a", holding: bytes))
    let longer = PictureFile(try folder.file("b", holding: bytes + [0, 1, 0xFF, 0xD8, 2]))
    #expect(try longer.read() == plain.read())
  }

  /// Protects the message: it names the file and the system's reason.
  @Test func missingFileAndFolder() throws {
    let folder = try TemporaryFolder()
    let missing = folder.file("no.png")
    #expect(
      throws: PictureFileError.unreadable(
        file: missing.relativePath, reason: "No such file or directory")
    ) { try PictureFile(missing).read() }
    #expect(
      throws: PictureFileError.unreadable(file: folder.url.relativePath, reason: "Is a directory")
    ) { try PictureFile(folder.url).read() }
  }

  private func expectDamage(
    in file: PictureFile, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try file.read()
      Issue.record("\(what): read as a picture", sourceLocation: sourceLocation)
    } catch .damaged {
    } catch {
      Issue.record("\(what): \(error)", sourceLocation: sourceLocation)
    }
  }
}
