import ConvolutionalNetworks

/// Reads JSON (RFC 8259) from left to right, value by value, without making a tree of it.
///
/// Nesting is bounded, and so is the memory of what is made of a text: `take` counts it before it is allocated.
package struct JSONReader: ~Copyable {
  /// Why a text cannot be read.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// The text is no JSON.
    case malformed(reason: String, byte: Int)
    /// A value is of another kind than the reader of the text needs.
    case unexpected(reason: String)
    /// The text nests too deeply, or takes too much memory.
    case exceedsLimits(reason: String)

    package var description: String {
      switch self {
      case .malformed(let reason, let byte): "is not JSON: \(reason) at byte \(byte)"
      case .unexpected(let reason), .exceedsLimits(let reason): reason
      }
    }
  }

  /// The kinds of values, told by their first bytes.
  package enum Kind { case object, array, string, number, bool, null }

  let bytes: [UInt8]
  /// The byte that comes next.
  var position = 0
  private var depth = 0
  private let greatestDepth: Int
  private var budget: ReadingBudget

  package init(_ bytes: [UInt8], limits: ReadingLimits, budget: ReadingBudget) {
    self.bytes = bytes
    self.budget = budget
    greatestDepth = limits.depth
  }

  /// What has been taken of the budget is in it.
  package consuming func finish() throws(Failure) -> ReadingBudget {
    skipSpaces()
    guard position == bytes.count else { throw malformed("something follows the value") }
    return budget
  }

  /// Counts memory before it is allocated.
  package mutating func take(_ count: Int) throws(Failure) {
    do throws(ReadingBudget.Exceeded) { try budget.take(count) } catch {
      throw .exceedsLimits(reason: "\(error)")
    }
  }

  /// The kind of the value that comes next.
  package mutating func kind() throws(Failure) -> Kind {
    skipSpaces()
    switch position < bytes.count ? bytes[position] : 0 {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw malformed("no value")
    }
  }

  /// Reads an object; `member` reads the value of each key.
  package mutating func object(
    _ member: (inout JSONReader, String) throws(Failure) -> Void
  ) throws(Failure) {
    guard try enter(.object) else { return }
    repeat { try member(&self, try key()) } while try !leave(.object)
  }

  /// Reads an array; `element` reads each value.
  package mutating func array(_ element: (inout JSONReader) throws(Failure) -> Void)
    throws(Failure)
  {
    guard try enter(.array) else { return }
    repeat { try element(&self) } while try !leave(.array)
  }

  /// Reads `true` or `false`.
  package mutating func bool() throws(Failure) -> Bool {
    if takeWord("true") { return true }
    guard takeWord("false") else { throw malformed("no truth value") }
    return false
  }

  /// Reads `null`.
  package mutating func null() throws(Failure) {
    guard takeWord("null") else { throw malformed("no value") }
  }

  /// Reads a number; one that is none of `Int` counts as a `Double`.
  package mutating func number() throws(Failure) -> Double {
    let text = try numberText()
    guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
      throw malformed("a number is too large, or none")
    }
    return number
  }

  /// Reads a whole number.
  package mutating func integer() throws(Failure) -> Int {
    let text = try numberText()
    guard text.count <= 20, let number = Int(String(decoding: text, as: UTF8.self)) else {
      throw .unexpected(reason: "a number is no integer of 64 bits")
    }
    return number
  }

  /// Reads over a value of any kind.
  package mutating func skip() throws(Failure) {
    // Values within others are no calls within others: the stack of a task is small.
    var open: [Kind] = []
    repeat {
      let kind = try kind()
      switch kind {
      case .object, .array:
        if try enter(kind) {
          open.append(kind)
          if kind == .object { _ = try key() }
          continue
        }
      case .string: _ = try string()
      case .number: _ = try number()
      case .bool: _ = try bool()
      case .null: try null()
      }
      while let last = open.last {
        guard try leave(last) else {
          if last == .object { _ = try key() }
          break
        }
        open.removeLast()
      }
    } while !open.isEmpty
  }

  // MARK: Objects and arrays

  /// Begins an object or an array.
  ///
  /// - Returns: whether anything is in it, which is to be read, up to `leave`.
  mutating func enter(_ kind: Kind) throws(Failure) -> Bool {
    try expect(kind == .object ? "{" : "[")
    guard depth < greatestDepth else {
      throw .exceedsLimits(
        reason: "nests values more than \(greatestDepth) deep (ReadingLimits.depth)")
    }
    if take(kind == .object ? "}" : "]") { return false }
    depth += 1
    return true
  }

  /// Goes on after a value of an object or an array.
  ///
  /// - Returns: whether it was the last.
  mutating func leave(_ kind: Kind) throws(Failure) -> Bool {
    if take(",") { return false }
    try expect(kind == .object ? "}" : "]")
    depth -= 1
    return true
  }

  /// Reads the key of a member.
  mutating func key() throws(Failure) -> String {
    let key = try string()
    try expect(":")
    return key
  }

  // MARK: Tokens

  private mutating func numberText() throws(Failure) -> ArraySlice<UInt8> {
    skipSpaces()
    let start = position
    func digits() -> Int { bytes[position...].prefix { (0x30...0x39).contains($0) }.count }
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[position] != UInt8(ascii: "0") else {
      throw malformed("no number")
    }
    position += whole
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      let fraction = digits()
      guard fraction > 0 else { throw malformed("no digit after a point") }
      position += fraction
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, [0x2B, 0x2D].contains(bytes[position]) { position += 1 }
      let exponent = digits()
      guard exponent > 0 else { throw malformed("no digit in an exponent") }
      position += exponent
    }
    return bytes[start..<position]
  }

  mutating func expect(_ token: Unicode.Scalar) throws(Failure) {
    guard take(token) else { throw malformed("no '\(token)'") }
  }

  private mutating func take(_ token: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: token) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    skipSpaces()
    return word.withUTF8Buffer { word in
      guard bytes[position...].starts(with: word) else { return false }
      position += word.count
      return true
    }
  }

  private mutating func skipSpaces() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
      position += 1
    }
  }

  func malformed(_ reason: String) -> Failure {
    .malformed(reason: reason, byte: position)
  }
}
