/// The type of the numbers of a stored tensor.
public enum ElementType: Sendable, Equatable, CaseIterable {
  case float16, bfloat16, float32, float64
  /// Eight bits with four of exponent and no infinities, or with five of exponent.
  case float8e4m3, float8e5m2
  case bool, uint8, int8, uint16, int16, uint32, int32, uint64, int64

  /// The bytes that one number takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e4m3, .float8e5m2: 1
    case .float16, .bfloat16, .uint16, .int16: 2
    case .float32, .uint32, .int32: 4
    case .float64, .uint64, .int64: 8
    }
  }

  /// Whether its numbers are floating-point numbers, as weights are; counters are not.
  public var isFloatingPoint: Bool {
    switch self {
    case .float8e4m3, .float8e5m2, .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// Decodes little-endian numbers, each to the nearest `Float`.
  ///
  /// - Precondition: `source` holds `byteCount` bytes for each element of `target`.
  func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Float>) {
    precondition(source.count == target.count * byteCount, "the bytes are not those of the numbers")
    func fill<Bits: FixedWidthInteger>(_ float: (Bits) -> Float) {
      for i in target.indices {
        let offset = i * MemoryLayout<Bits>.size
        target[i] = float(
          Bits(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: Bits.self)))
      }
    }
    switch self {
    case .float16: fill { Float(halfPrecision: $0) }
    case .bfloat16: fill { Float(brainFloat: $0) }
    case .float32: fill { Float(bitPattern: $0) }
    case .float64: fill { Float(Double(bitPattern: $0)) }
    case .float8e4m3: fill { Float(float8e4m3: $0) }
    // The upper half of a number of 16 bits.
    case .float8e5m2: fill { (bits: UInt8) in Float(halfPrecision: UInt16(bits) << 8) }
    case .bool: fill { (bits: UInt8) in bits == 0 ? 0 : 1 }
    case .uint8: fill { (bits: UInt8) in Float(bits) }
    case .int8: fill { (bits: Int8) in Float(bits) }
    case .uint16: fill { (bits: UInt16) in Float(bits) }
    case .int16: fill { (bits: Int16) in Float(bits) }
    case .uint32: fill { (bits: UInt32) in Float(bits) }
    case .int32: fill { (bits: Int32) in Float(bits) }
    case .uint64: fill { (bits: UInt64) in Float(bits) }
    case .int64: fill { (bits: Int64) in Float(bits) }
    }
  }
}

extension Float {
  /// One bit of sign, four of exponent with a bias of 7 and three of mantissa; all ones is no number.
  ///
  /// https://arxiv.org/abs/2209.05433
  fileprivate init(float8e4m3 bits: UInt8) {
    let exponent = Int(bits >> 3 & 0xF)
    let mantissa = Float(bits & 7)
    let magnitude: Float =
      bits & 0x7F == 0x7F
      ? .nan
      : exponent == 0
        ? mantissa * 0x1p-9
        : Float(sign: .plus, exponent: exponent - 7, significand: 1 + mantissa / 8)
    self = bits & 0x80 == 0 ? magnitude : -magnitude
  }
}
