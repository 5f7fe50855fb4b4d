extension PictureStructure {
  /// Walks the segments of a JPEG: lengths, one frame header, scans, the end mark.
  ///
  /// Bytes after the end mark do not count: cameras append previews there.
  static func jpeg(_ bytes: [UInt8]) throws(PictureDamage) -> PictureStructure {
    var size: (height: Int, width: Int)?
    var scanCount = 0
    var orientation: PictureOrientation?
    var offset = 2
    while true {
      let segment = try JPEGSegment(in: bytes, at: offset)
      offset = segment.contents.upperBound
      switch segment.marker {
      case JPEGSegment.endOfImage:
        guard let size, scanCount > 0 else { throw PictureDamage("no pixels before the end") }
        return try PictureStructure(
          height: size.height, width: size.width, orientation: orientation,
          scanCount: scanCount, essentials: Array(bytes[..<offset]))
      case _ where segment.isFrameHeader:
        guard size == nil, segment.contents.count >= 6 else {
          throw PictureDamage("a second or too short frame header at byte \(offset)")
        }
        let start = segment.contents.lowerBound
        size = (
          bytes.bigEndian(at: start + 1, count: 2), bytes.bigEndian(at: start + 3, count: 2)
        )
      case JPEGSegment.startOfScan:
        guard size != nil else { throw PictureDamage("a scan before the frame header") }
        scanCount += 1
        offset = JPEGSegment.endOfScan(in: bytes, from: offset)
      case JPEGSegment.applicationData:
        orientation = orientation ?? EXIF.orientation(inSegment: bytes[segment.contents])
      default:
        break
      }
    }
  }
}

/// A segment of a JPEG file: FF, a marker, and for most markers a length of two bytes and contents.
struct JPEGSegment {
  static let startOfScan: UInt8 = 0xDA
  static let applicationData: UInt8 = 0xE1
  static let endOfImage: UInt8 = 0xD9

  let marker: UInt8
  /// Where in the file the contents lie.
  let contents: Range<Int>

  /// Whether the contents begin with the picture's precision, height and width.
  ///
  /// C4, C8 and CC in the midst of these markers define tables.
  var isFrameHeader: Bool {
    (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
  }

  /// The segment that begins at `offset`, or after padding bytes FF there.
  init(in bytes: [UInt8], at offset: Int) throws(PictureDamage) {
    let missingEnd = PictureDamage("the end mark FF D9 is missing")
    guard offset < bytes.count else { throw missingEnd }
    guard bytes[offset] == 0xFF else { throw PictureDamage("no marker at byte \(offset)") }
    guard let place = bytes[offset...].firstIndex(where: { $0 != 0xFF }) else { throw missingEnd }
    marker = bytes[place]
    // The end, and markers 01 and D0…D8, stand alone.
    if marker == 0x01 || (0xD0...Self.endOfImage).contains(marker) {
      contents = place + 1..<place + 1
      return
    }
    guard bytes.count - place >= 3 else { throw missingEnd }
    let length = bytes.bigEndian(at: place + 1, count: 2)
    guard length >= 2, length < bytes.count - place else {
      throw PictureDamage("the segment at byte \(offset) goes beyond the end of the file")
    }
    contents = place + 3..<place + 1 + length
  }

  /// Where the next marker begins after the compressed pixels at `offset`.
  ///
  /// Within pixels FF is followed by 0, or by one of the restart marks D0…D7.
  static func endOfScan(in bytes: [UInt8], from offset: Int) -> Int {
    var place = offset
    while place + 1 < bytes.count {
      let next = bytes[place + 1]
      if bytes[place] == 0xFF, next != 0, !(0xD0...0xD7).contains(next) { return place }
      place += 1
    }
    return bytes.count
  }
}
