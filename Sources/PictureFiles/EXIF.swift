/// The orientation in the notes of a camera, which have the form of a TIFF file.
///
/// Damaged notes do not make a picture unreadable: it is shown as it is stored, as viewers do.
enum EXIF {
  /// What stands before the notes in a JPEG's segment, and in some PNGs.
  private static let signature: [UInt8] = Array("Exif".utf8) + [0, 0]
  private static let orientationTag = 0x0112
  /// The types of 16 and 32 bits; the first is the one that is right.
  private static let short = 3
  private static let long = 4

  /// The orientation of a JPEG's segment of application data; `nil` where it holds none.
  static func orientation(inSegment contents: ArraySlice<UInt8>) -> PictureOrientation? {
    guard contents.starts(with: signature) else { return nil }
    return orientation(in: contents.dropFirst(signature.count))
  }

  /// The orientation in a PNG's chunk `eXIf`; `nil` where it holds none.
  static func orientation(inChunk contents: ArraySlice<UInt8>) -> PictureOrientation? {
    orientation(inSegment: contents) ?? orientation(in: contents)
  }

  private static func orientation(in notes: ArraySlice<UInt8>) -> PictureOrientation? {
    let isLittleEndian: Bool
    switch Array(notes.prefix(4)) {
    case [0x49, 0x49, 42, 0]: isLittleEndian = true
    case [0x4D, 0x4D, 0, 42]: isLittleEndian = false
    default: return nil
    }
    func number(_ offset: Int, _ count: Int) -> Int? {
      guard offset >= 0, offset <= notes.count - count else { return nil }
      let start = notes.startIndex + offset
      let bytes = Array(notes[start..<(start + count)])
      return (isLittleEndian ? bytes.reversed() : bytes).reduce(0) { $0 << 8 | Int($1) }
    }
    // The first directory: the number of its entries, then each by tag, type, count and value.
    guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + 12 * index
      guard let tag = number(entry, 2), let type = number(entry + 2, 2) else { return nil }
      guard tag == orientationTag else { continue }
      guard
        let value = type == short ? number(entry + 8, 2) : type == long ? number(entry + 8, 4) : nil
      else { return nil }
      return UInt16(exactly: value).flatMap { PictureOrientation(rawValue: $0) }
    }
    return nil
  }
}
