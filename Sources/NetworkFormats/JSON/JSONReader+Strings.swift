extension JSONReader {
  /// Reads a string.
  package mutating func string() throws(Failure) -> String {
    try expect("\"")
    let start = position
    guard let end = bytes[start...].firstIndex(where: { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 })
    else { throw malformed("a string does not end") }
    position = end
    if bytes[end] == 0x22 {
      position += 1
      try take(end - start)
      guard let text = String(validating: bytes[start..<end], as: UTF8.self) else {
        throw malformed("a string is no UTF-8")
      }
      return text
    }
    return try escapedString(from: start)
  }

  /// The string that begins at `start` and has an escape, or a fault, at `position`.
  private mutating func escapedString(from start: Int) throws(Failure) -> String {
    var units = Array(bytes[start..<position])
    while true {
      guard position < bytes.count else { throw malformed("a string does not end") }
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x22:
        try take(units.count)
        guard let text = String(validating: units, as: UTF8.self) else {
          throw malformed("a string is no UTF-8")
        }
        return text
      case 0x5C: units += try escape().utf8.map { $0 }
      case 0x20...: units.append(byte)
      default: throw malformed("a control character in a string")
      }
    }
  }

  private mutating func escape() throws(Failure) -> String {
    guard position < bytes.count else { throw malformed("a string does not end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return String(try escapedScalar())
    case 0x22, 0x2F, 0x5C: return String(Unicode.Scalar(byte))
    default: throw malformed("an unknown escape")
    }
  }

  /// A scalar of four hexadecimal digits, or of two times four.
  private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: [0x5C, UInt8(ascii: "u")]) else {
      throw malformed("half of a surrogate pair")
    }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw malformed("half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("an escape without four digits") }
    position += 4
    return number
  }
}
