/// The Python literals that headers of NumPy files are made of.
enum PythonLiteral: Equatable {
  case string(String)
  case boolean(Bool)
  /// A tuple of integers.
  case tuple([Int])
  /// A dictionary with strings as keys; of an equal key the last counts.
  case dictionary([String: PythonLiteral])
  /// A list, whatever is in it: how NumPy describes elements of several fields.
  case list

  /// The value that `text` is, spaces around it aside; `nil` where it is none of these.
  init?(parsing text: [UInt8]) {
    var parser = PythonLiteralParser(text: text)
    guard let value = parser.value(), parser.isAtEnd else { return nil }
    self = value
  }
}

/// Reads literals from left to right; a dictionary within a dictionary is none of a header's.
private struct PythonLiteralParser {
  let text: [UInt8]
  private var position = 0

  init(text: [UInt8]) { self.text = text }

  /// Whether only spaces are left.
  var isAtEnd: Bool { text[position...].allSatisfy(Self.isSpace) }

  mutating func value(nested: Bool = false) -> PythonLiteral? {
    skipSpaces()
    guard position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return string().map(PythonLiteral.string)
    case UInt8(ascii: "("):
      return sequence(from: "(", to: ")") { $0.integer() }.map(PythonLiteral.tuple)
    case UInt8(ascii: "{") where !nested:
      let pairs = sequence(from: "{", to: "}") { $0.pair() }
      return pairs.map { .dictionary(Dictionary($0) { $1 }) }
    case UInt8(ascii: "["):
      return list()
    default:
      if take("True") { return .boolean(true) }
      return take("False") ? .boolean(false) : nil
    }
  }

  private mutating func pair() -> (String, PythonLiteral)? {
    guard let key = string(), take(":"), let value = value(nested: true) else { return nil }
    return (key, value)
  }

  private mutating func string() -> String? {
    skipSpaces()
    guard position < text.count,
      text[position] == UInt8(ascii: "'") || text[position] == UInt8(ascii: "\"")
    else { return nil }
    let quote = text[position]
    guard let end = text[(position + 1)...].firstIndex(of: quote) else { return nil }
    defer { position = end + 1 }
    return String(validating: text[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func integer() -> Int? {
    skipSpaces()
    let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    position = digits.endIndex
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// A list of anything, told only by its brackets.
  private mutating func list() -> PythonLiteral? {
    var depth = 0
    while position < text.count {
      if text[position] == UInt8(ascii: "[") { depth += 1 }
      if text[position] == UInt8(ascii: "]") { depth -= 1 }
      position += 1
      if depth == 0 { return .list }
    }
    return nil
  }

  /// Elements with commas between them, and maybe one after the last.
  private mutating func sequence<Element>(
    from opening: StaticString, to closing: StaticString,
    element: (inout Self) -> Element?
  ) -> [Element]? {
    guard take(opening) else { return nil }
    var elements: [Element] = []
    while !take(closing) {
      guard let next = element(&self) else { return nil }
      elements.append(next)
      if !take(",") { return take(closing) ? elements : nil }
    }
    return elements
  }

  /// Steps over `word` if it comes next.
  private mutating func take(_ word: StaticString) -> Bool {
    skipSpaces()
    return word.withUTF8Buffer { word in
      guard text[position...].starts(with: word) else { return false }
      position += word.count
      return true
    }
  }

  private mutating func skipSpaces() {
    position = text[position...].firstIndex { !Self.isSpace($0) } ?? text.count
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
