/// The values that an instruction alone makes.
extension Unpickler {
  mutating func scalar(_ opcode: PickleOpcode) throws(WeightsFileError.Problem)
    -> PickleValue
  {
    switch opcode {
    case .newTrue: .bool(true)
    case .newFalse: .bool(false)
    case .binaryInt: .int(Int(Int32(truncatingIfNeeded: try cursor.number(byteCount: 4))))
    case .binaryInt1: .int(Int(try cursor.byte()))
    case .binaryInt2: .int(Int(try cursor.number(byteCount: 2)))
    case .long1: try long(byteCount: UInt64(try cursor.byte()))
    case .long4: try long(byteCount: try cursor.number(byteCount: 4))
    case .binaryFloat: .float(Double(bitPattern: try cursor.number(byteCount: 8).byteSwapped))
    case .binaryString, .binaryUnicode: try string(byteCount: 4)
    case .shortBinaryString, .shortBinaryUnicode: try string(byteCount: 1)
    case .longBinaryUnicode: try string(byteCount: 8)
    case .shortBinaryBytes: try bytes(byteCount: 1)
    case .binaryBytes: try bytes(byteCount: 4)
    case .longBinaryBytes, .byteArray: try bytes(byteCount: 8)
    default: .none
    }
  }

  private mutating func string(byteCount: Int) throws(WeightsFileError.Problem) -> PickleValue {
    let count = try cursor.number(byteCount: byteCount)
    // In the cursor's window and as text.
    try arena.take(2, of: Int(clamping: count))
    // Python 2 had bytes for text; those that are none name nothing.
    return try cursor.text(count).map { .string($0) } ?? .bytes
  }

  /// Bytes, which no tensor needs.
  private mutating func bytes(byteCount: Int) throws(WeightsFileError.Problem) -> PickleValue {
    try cursor.leaveOut(try cursor.number(byteCount: byteCount))
    return .bytes
  }

  /// An integer in two's complement; what takes more than 64 bits is no size or offset.
  private mutating func long(byteCount: UInt64) throws(WeightsFileError.Problem) -> PickleValue {
    guard byteCount <= 8 else {
      try cursor.leaveOut(byteCount)
      return .bytes
    }
    let bytes = try cursor.take(byteCount)
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - 8 * bytes.count
    return .int(unused == 64 ? 0 : Int(truncatingIfNeeded: bits << unused) >> unused)
  }
}
