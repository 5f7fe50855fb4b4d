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
    case .long1: try long()
    case .binaryFloat: .float(Double(bitPattern: try cursor.number(byteCount: 8).byteSwapped))
    case .binaryString, .binaryUnicode: try string(byteCount: 4)
    case .shortBinaryString, .shortBinaryUnicode: try string(byteCount: 1)
    default: .none
    }
  }

  private mutating func string(byteCount: Int) throws(WeightsFileError.Problem) -> PickleValue {
    let count = try cursor.number(byteCount: byteCount)
    // In the cursor's window and as text.
    try take(2, of: Int(clamping: count))
    return .string(try cursor.text(count))
  }

  /// An integer of up to 255 bytes in two's complement; what takes more than 64 bits is no size or offset.
  private mutating func long() throws(WeightsFileError.Problem) -> PickleValue {
    let bytes = try cursor.take(UInt64(try cursor.byte()))
    guard bytes.count <= 8 else { return .bytes }
    let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - 8 * bytes.count
    return .int(unused == 64 ? 0 : Int(truncatingIfNeeded: bits << unused) >> unused)
  }
}
