import ConvolutionalNetworks
import Foundation
import Testing

@testable import PictureFiles

/// Protects how pictures of a camera held otherwise are read: as they are shown.
@Suite("The orientation that a camera notes")
struct OrientationTests {
  /// 0 1 2 / 3 4 5 as shown under each orientation; the rows are those that Pillow's `exif_transpose` gives.
  private static let shown: [UInt16: [[Float]]] = [
    1: [[0, 1, 2], [3, 4, 5]], 2: [[2, 1, 0], [5, 4, 3]], 3: [[5, 4, 3], [2, 1, 0]],
    4: [[3, 4, 5], [0, 1, 2]], 5: [[0, 3], [1, 4], [2, 5]], 6: [[3, 0], [4, 1], [5, 2]],
    7: [[5, 2], [4, 1], [3, 0]], 8: [[2, 5], [1, 4], [0, 3]],
  ]

  /// A directory of one other entry and the orientation.
  private func notes(_ orientation: Int, littleEndian: Bool, type: Int = 3) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return littleEndian ? bytes : bytes.reversed()
    }
    let value =
      type == 3 ? number(orientation, 2) + [0, 0] : number(orientation, 4)
    return (littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]) + number(42, 2) + number(8, 4)
      + number(2, 2) + number(0x0100, 2) + number(4, 2) + number(1, 4) + number(7, 4)
      + number(0x0112, 2) + number(type, 2) + number(1, 4) + value + number(0, 4)
  }

  private func segment(_ notes: [UInt8]) -> [UInt8] {
    let contents = Array("Exif".utf8) + [0, 0] + notes
    return [0xFF, 0xE1, UInt8((contents.count + 2) >> 8), UInt8((contents.count + 2) & 0xFF)]
      + contents
  }

  private func chunk(_ notes: [UInt8]) -> [UInt8] {
    let body = Array("eXIf".utf8) + notes
    let checksum = CRC32.checksum(of: body[...])
    return [0, 0, 0, UInt8(notes.count)] + body
      + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (24 - 8 * UInt32($0))) }
  }

  private func bytes(_ picture: Tensor, _ fileExtension: String) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let url = folder.file("stored.\(fileExtension)")
    try PictureFile(url).write(picture, quality: 100)
    return Array(try Data(contentsOf: url))
  }

  /// A PNG of six levels with a chunk behind its header.
  private func png(with chunk: [UInt8]) throws -> [UInt8] {
    let stored = Tensor(shape: [2, 3, 1], elements: (0..<6).map { Float($0) / 5 })
    let file = try bytes(stored, "png")
    return file[..<33] + chunk + file[33...]
  }

  private func rows(_ picture: Tensor) -> [[Float]] {
    (0..<picture.shape[1]).map { y in
      (0..<picture.shape[2]).map { x in (picture[0, y, x, 0] * 5).rounded() }
    }
  }

  @Test(arguments: 1...8, [true, false])
  func `every orientation of a PNG`(orientation: Int, littleEndian: Bool) throws {
    let notes = notes(orientation, littleEndian: littleEndian)
    for chunk in [chunk(notes), chunk(Array("Exif".utf8) + [0, 0] + notes)] {
      let picture = try PictureFile.picture(in: try png(with: chunk), of: "x", .gray)
      #expect(rows(picture) == Self.shown[UInt16(orientation)])
    }
  }

  @Test(arguments: 1...8, [true, false])
  func `every orientation of a JPEG`(orientation: Int, littleEndian: Bool) throws {
    // Blocks of 16×16, each of one level, of which the middle pixel is looked at.
    let stored = Tensor(shape: [32, 48, 1]) { elements in
      for i in elements.indices {
        elements[i] = Float(i / 48 / 16 * 3 + i % 48 / 16) / 5
      }
    }
    let file = try bytes(stored, "jpg")
    let notes = segment(notes(orientation, littleEndian: littleEndian))
    let picture = try PictureFile.picture(in: file[..<2] + notes + file[2...], of: "x", .gray)
    let middles = (0..<(picture.shape[1] / 16)).map { y in
      (0..<(picture.shape[2] / 16)).map { x in (picture[0, 16 * y + 8, 16 * x + 8, 0] * 5).rounded()
      }
    }
    #expect(middles == Self.shown[UInt16(orientation)])
  }

  /// Protects pictures whose notes are damaged, or say what no camera does: they are shown as they are stored.
  @Test func `damaged notes`() throws {
    let whole = notes(6, littleEndian: true)
    var damaged = (0..<whole.count - 4).map { Array(whole[..<$0]) }.filter { $0.count < 32 }
    damaged += [notes(0, littleEndian: true), notes(9, littleEndian: false)]
    damaged += [notes(6, littleEndian: true, type: 5), [0x49, 0x49, 43, 0] + whole[4...]]
    damaged.append(Array(whole[..<4]) + [0xFF, 0xFF, 0xFF, 0xFF] + whole[8...])
    damaged.append(Array(whole[..<8]) + [0xFF, 0xFF] + whole[10...33])
    for notes in damaged {
      let picture = try PictureFile.picture(in: try png(with: chunk(notes)), of: "x", .gray)
      let isTurned = picture.shape == [1, 3, 2, 1]
      // The entry may be whole where only what follows it is cut.
      #expect(!isTurned || notes.count > 30, "\(notes)")
    }
    // A number of 32 bits, as some write it.
    let long = try PictureFile.picture(
      in: try png(with: chunk(notes(6, littleEndian: false, type: 4))), of: "x", .gray)
    #expect(rows(long) == Self.shown[6])
  }
}
