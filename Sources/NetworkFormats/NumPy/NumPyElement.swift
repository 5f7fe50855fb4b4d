/// The kinds of number read from NumPy files, under NumPy's names: little-endian IEEE 754.
enum NumPyElement: String, CaseIterable {
  case half = "<f2"
  case single = "<f4"
  case double = "<f8"

  var byteCount: Int {
    switch self {
    case .half: 2
    case .single: 4
    case .double: 8
    }
  }

  /// The element at `index`, as the nearest `Float`.
  func load(_ index: Int, from bytes: UnsafeRawBufferPointer) -> Float {
    let offset = index * byteCount
    switch self {
    case .half:
      return Float(
        halfBits: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
      )
    case .single:
      return Float(
        bitPattern: UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    case .double:
      return Float(
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))))
    }
  }
}

extension Float {
  /// The number with these bits in half precision; Swift's `Float16` is missing on Intel Macs.
  init(halfBits: UInt16) {
    // The 15 bits below the sign, moved to where Float has exponent and fraction, are 2¹¹² too small, except
    // that the largest exponent means infinity and NaN in both.
    let magnitude = UInt32(halfBits & 0x7FFF) << 13
    let value =
      halfBits & 0x7C00 == 0x7C00
      ? Float(bitPattern: magnitude | 0x7F80_0000) : Float(bitPattern: magnitude) * 0x1p112
    self = halfBits & 0x8000 == 0 ? value : -value
  }
}
