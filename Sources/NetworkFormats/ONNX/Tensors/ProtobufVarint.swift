/// Numbers of seven bits a byte, the lowest first, as protobuf writes tags and lengths.
enum ProtobufVarint {
  /// The number at `place`, which moves behind it; `nil` where there is none.
  static func read<Bytes: RandomAccessCollection<UInt8>>(
    _ bytes: Bytes, at place: inout Bytes.Index
  )
    -> UInt64?
  {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < bytes.endIndex else { return nil }
      let byte = bytes[place]
      bytes.formIndex(after: &place)
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }
}
