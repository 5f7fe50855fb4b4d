extension PictureStructure {
  /// Walks the chunks of a PNG: lengths, checksums, the header first, pixels, the end mark.
  ///
  /// Only the chunks that make the pixels are kept. The others (profiles, times, texts) would be ignored,
  /// but not before libpng had printed what it dislikes about them. Bytes after the end mark do not count.
  static func png(_ bytes: [UInt8]) throws(PictureDamage) -> PictureStructure {
    var kept = Array(bytes.prefix(8))
    var size: (height: Int, width: Int)?
    var colorType: UInt8 = 0
    var paletteCount = 0
    var hasPixels = false
    var orientation: PictureOrientation?
    var offset = 8
    while true {
      let chunk = try PNGChunk(in: bytes, at: offset)
      guard (chunk.name == "IHDR") == (size == nil) else {
        throw PictureDamage("the header chunk IHDR must come first, and once")
      }
      switch chunk.name {
      case "IHDR":
        guard chunk.contents.count == 13 else {
          throw PictureDamage("a header of \(chunk.contents.count) bytes, not 13")
        }
        let start = chunk.contents.lowerBound
        size = (bytes.bigEndian(at: start + 4, count: 4), bytes.bigEndian(at: start, count: 4))
        colorType = bytes[start + 9]
        kept += bytes[chunk.extent]
      case "PLTE":
        paletteCount = chunk.contents.count / 3
        // One of a grey picture is left out in silence too.
        if colorType & 2 != 0 { kept += bytes[chunk.extent] }
      case "tRNS":
        // One that libpng would ignore, since it does not fit the kind of colours, is left out in silence.
        let counts = [0: 2...2, 2: 6...6, 3: 0...paletteCount][colorType]
        if counts?.contains(chunk.contents.count) == true, !hasPixels {
          kept += bytes[chunk.extent]
        }
      case "IDAT":
        hasPixels = true
        kept += bytes[chunk.extent]
      case "eXIf":
        orientation = orientation ?? EXIF.orientation(inChunk: bytes[chunk.contents])
      case "IEND":
        guard let size, hasPixels else { throw PictureDamage("no pixels before the end") }
        kept += bytes[chunk.extent]
        return try PictureStructure(
          height: size.height, width: size.width, orientation: orientation, essentials: kept)
      default:
        guard !chunk.isCritical else { throw PictureDamage("unknown chunk '\(chunk.name)'") }
      }
      offset = chunk.extent.upperBound
    }
  }
}

/// A chunk of a PNG file: length (4 bytes), name (4), contents, CRC-32 of name and contents (4).
struct PNGChunk {
  let name: String
  /// Where in the file the contents lie.
  let contents: Range<Int>
  /// Where in the file the whole chunk lies.
  let extent: Range<Int>

  /// Whether a reader that does not know the chunk must give up: its name begins with a capital.
  var isCritical: Bool { name.first?.isUppercase ?? true }

  /// The chunk that begins at `offset`.
  init(in bytes: [UInt8], at offset: Int) throws(PictureDamage) {
    guard bytes.count - offset >= 12 else { throw PictureDamage("the end chunk IEND is missing") }
    let length = bytes.bigEndian(at: offset, count: 4)
    let title = bytes[offset + 4..<offset + 8]
    guard title.allSatisfy({ (65...90).contains($0 & 0xDF) }) else {
      throw PictureDamage("no chunk name at byte \(offset + 4)")
    }
    name = String(decoding: title, as: UTF8.self)
    guard length <= bytes.count - offset - 12 else {
      throw PictureDamage("chunk '\(name)' at byte \(offset) goes beyond the end of the file")
    }
    contents = offset + 8..<offset + 8 + length
    extent = offset..<contents.upperBound + 4
    let checksum = CRC32.checksum(of: bytes[offset + 4..<contents.upperBound])
    guard bytes.bigEndian(at: contents.upperBound, count: 4) == Int(checksum) else {
      throw PictureDamage("wrong checksum of chunk '\(name)' at byte \(offset)")
    }
  }
}
