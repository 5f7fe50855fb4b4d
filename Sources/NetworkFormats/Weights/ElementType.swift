/// The type of the numbers of a stored tensor.
public enum ElementType: Sendable, Equatable, CaseIterable {
  case float16, bfloat16, float32, float64
  case bool, uint8, int8, int16, int32, int64

  /// The bytes that one number takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .float16, .bfloat16, .int16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  /// Whether its numbers are floating-point numbers, as weights are; counters are not.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
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
    case .bool: fill { (bits: UInt8) in bits == 0 ? 0 : 1 }
    case .uint8: fill { (bits: UInt8) in Float(bits) }
    case .int8: fill { (bits: Int8) in Float(bits) }
    case .int16: fill { (bits: Int16) in Float(bits) }
    case .int32: fill { (bits: Int32) in Float(bits) }
    case .int64: fill { (bits: Int64) in Float(bits) }
    }
  }
}
