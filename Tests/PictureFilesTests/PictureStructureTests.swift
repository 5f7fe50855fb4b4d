import Testing

@testable import PictureFiles

@Suite("The structure of a picture file, checked before decoding")
struct PictureStructureTests {
  private let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private func chunk(_ name: String, _ contents: [UInt8] = []) -> [UInt8] {
    let body = Array(name.utf8) + contents
    return bigEndian(contents.count) + body + bigEndian(Int(CRC32.checksum(of: body[...])))
  }

  private func bigEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  private func header(height: Int = 2, width: Int = 3, colorType: UInt8 = 0) -> [UInt8] {
    chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, colorType, 0, 0, 0])
  }

  private func damage(_ bytes: [UInt8], as format: PictureFormat) -> String {
    do {
      _ = try PictureStructure(checking: bytes, as: format)
      return "none"
    } catch { return error.reason }
  }

  /// Protects the checksum, by the value its definition names for "123456789".
  @Test func checksum() {
    #expect(CRC32.checksum(of: Array("123456789".utf8)[...]) == 0xCBF4_3926)
  }

  /// Protects the decoder from chunks that libpng would print about: only those of the pixels reach it.
  @Test func onlyThePixelsOfAPNGAreDecoded() throws {
    let pixels = chunk("IDAT", [1, 2, 3])
    let key = chunk("tRNS", [0, 1])
    let noise = chunk("iCCP", [9, 9]) + chunk("tRNS", [1]) + chunk("tEXt")
    let file = signature + header() + noise + key + pixels + noise + chunk("IEND")
    let structure = try PictureStructure(checking: file, as: .png)
    #expect(structure.height == 2 && structure.width == 3)
    #expect(structure.essentials == signature + header() + key + pixels + chunk("IEND"))
  }

  /// Protects against files whose parts are sound but do not make a picture.
  @Test func partsOfAPNGInTheWrongPlace() {
    let (pixels, end) = (chunk("IDAT"), chunk("IEND"))
    #expect(damage(signature, as: .png) == "the end chunk IEND is missing")
    #expect(damage(signature + header() + pixels, as: .png) == "the end chunk IEND is missing")
    #expect(damage(signature + header() + end, as: .png) == "no pixels before the end")
    for wrong in [pixels + header() + end, header() + header() + pixels + end] {
      #expect(damage(signature + wrong, as: .png).contains("must come first, and once"))
    }
    let unknown = header() + chunk("ABCD") + pixels + end
    #expect(damage(signature + unknown, as: .png) == "unknown chunk 'ABCD'")
    let empty = header(height: 0) + pixels + end
    #expect(damage(signature + empty, as: .png) == "a picture of 0 × 3 pixels")
    #expect(damage(signature + chunk("IHDR", [1]) + pixels + end, as: .png).contains("not 13"))
  }

  /// Protects the walk through a JPEG: padding before markers, restart marks and zeros within pixels.
  @Test func marksOfAJPEG() throws {
    let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0, 2, 0, 3, 1, 1, 0x11, 0]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 3, 1, 7, 0xFF, 0, 0xFF, 0xD0, 8]
    let start: [UInt8] = [0xFF, 0xD8]
    let end: [UInt8] = [0xFF, 0xD9]
    let whole = start + [0xFF, 0xFF] + frame + scan + scan + end
    let structure = try PictureStructure(checking: whole + [1, 2, 3], as: .jpeg)
    #expect(structure.height == 2 && structure.width == 3 && structure.essentials == whole)

    #expect(damage(start + frame + scan, as: .jpeg) == "the end mark FF D9 is missing")
    #expect(damage(start + frame + end, as: .jpeg) == "no pixels before the end")
    #expect(damage(start + scan + end, as: .jpeg) == "a scan before the frame header")
    #expect(damage(start + frame + frame + scan + end, as: .jpeg).contains("frame header"))
    #expect(damage(start + [0] + frame + scan + end, as: .jpeg) == "no marker at byte 2")
    #expect(damage(start + [0xFF, 0xE0, 0, 1] + end, as: .jpeg).contains("goes beyond the end"))
    for count in 2..<whole.count {
      #expect(damage(Array(whole[..<count]), as: .jpeg) != "none")
    }
  }
}
