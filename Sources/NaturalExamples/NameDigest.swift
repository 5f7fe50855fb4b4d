/// What tells whether a stream has the same names in the same order: 64 bits by FNV-1a.
///
/// Source: G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, RFC 9923.
struct NameDigest: Equatable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  init() {}

  /// The digest that `text` stands for.
  init?(_ text: String) {
    guard text.utf8.count == 16, let state = UInt64(text, radix: 16) else { return nil }
    self.state = state
  }

  /// Appends a name, and an end that no name has in it.
  mutating func add(_ name: String) {
    for byte in name.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
