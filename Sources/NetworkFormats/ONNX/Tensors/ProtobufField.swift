internal import CFVFiles

/// A field of a protobuf message, by its place in a file.
///
/// https://protobuf.dev/programming-guides/encoding
struct ProtobufField {
  let number: Int
  /// With the tag.
  let whole: Range<Int>
  /// Without tag and length, of a field that has a length.
  let contents: Range<Int>?
  /// The number, of a field that is one of variable length.
  let varint: UInt64?
}

extension WindowedBytes {
  /// The field that begins at `start`; `nil` where none does, or where it ends behind `end`.
  mutating func field(at start: Int, before end: Int) throws(FileFailure) -> ProtobufField? {
    // A tag and a length take at most ten bytes each.
    let head = try bytes(start..<min(start + 20, end))
    var place = 0
    guard let tag = ProtobufVarint.read(head, at: &place), let number = Int(exactly: tag >> 3)
    else { return nil }
    let size: Int
    var contents: Range<Int>?
    var varint: UInt64?
    switch tag & 7 {
    case 0:
      varint = ProtobufVarint.read(head, at: &place)
      guard varint != nil else { return nil }
      size = place
    case 1: size = place + 8
    case 5: size = place + 4
    case 2:
      guard let length = ProtobufVarint.read(head, at: &place),
        length <= UInt64(end - start - place)
      else { return nil }
      size = place + Int(length)
      contents = (start + place)..<(start + size)
    default: return nil
    }
    guard size <= end - start else { return nil }
    return ProtobufField(
      number: number, whole: start..<(start + size), contents: contents, varint: varint)
  }
}
