/// Changes JSON token by token, so that most of what results is JSON still.
struct JSONMutator {
  private let texts: [[String]]
  private let strings: [String]

  init(_ texts: [String], vocabulary: [String] = []) {
    self.texts = texts.map(Self.tokens)
    strings = Array(Set(self.texts.joined().filter { $0.hasPrefix("\"") })).sorted() + vocabulary
  }

  /// One of the texts with one to four changes.
  func mutation(using random: inout FuzzRandom) -> String {
    var tokens = random.one(of: texts)
    for _ in 0...random.below(4) { change(&tokens, &random) }
    return tokens.joined()
  }

  private func change(_ tokens: inout [String], _ random: inout FuzzRandom) {
    guard !tokens.isEmpty else { return }
    let position = random.below(tokens.count)
    switch random.below(8) {
    case 0...3:
      // The next token that is a value, since most are marks.
      let next = tokens[position...].firstIndex { !Self.marks.contains($0) } ?? position
      tokens[next] = value(like: tokens[next], &random)
    case 4:
      let opening = tokens[position...].firstIndex { Self.openings.contains($0) } ?? position
      tokens.replaceSubrange(Self.group(at: opening, in: tokens), with: [value(like: "", &random)])
    case 5:
      let from = Self.group(at: position, in: tokens)
      let copy = Array(tokens[from])
      tokens.replaceSubrange(Self.group(at: random.below(tokens.count), in: tokens), with: copy)
    case 6:
      let group = Self.group(at: position, in: tokens)
      tokens.insert(contentsOf: tokens[group] + [","], at: group.lowerBound)
    default:
      let end = min(tokens.count, position + 1 + random.below(4))
      tokens.removeSubrange(position..<end)
    }
  }

  private func value(like token: String, _ random: inout FuzzRandom) -> String {
    if token.hasPrefix("\""), !random.once(in: 4) { return random.one(of: strings) }
    switch random.below(token.first?.isNumber ?? false ? 4 : 10) {
    case 0...1: return "\(random.interestingNumber())"
    case 2: return "\(random.below(9))"
    case 3: return random.one(of: ["1e308", "-1e-320", "0.5", "1e99", "-0", "1e400", "3.5e18"])
    case 4: return random.one(of: ["true", "false", "null"])
    case 5: return random.one(of: ["[]", "{}", "[null]", "[1, 1]", "[[[]]]", "\"\""])
    case 6: return String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    default: return random.one(of: strings)
    }
  }

  private static let openings: Set<String> = ["{", "["]
  private static let closings: Set<String> = ["}", "]"]
  private static let marks = openings.union(closings).union([",", ":"])

  /// The tokens of the value that begins at `position`.
  private static func group(at position: Int, in tokens: [String]) -> Range<Int> {
    guard openings.contains(tokens[position]) else { return position..<(position + 1) }
    var depth = 0
    for i in position..<tokens.count {
      if openings.contains(tokens[i]) { depth += 1 }
      if closings.contains(tokens[i]) { depth -= 1 }
      if depth == 0 { return position..<(i + 1) }
    }
    return position..<tokens.count
  }

  /// Marks, strings and the words between, without spaces.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var token = ""
    var isString = false
    var isEscaped = false
    for character in text {
      if isString {
        token.append(character)
        if character == "\"", !isEscaped {
          isString = false
          tokens.append(token)
          token = ""
        }
        isEscaped = character == "\\" && !isEscaped
      } else if character.isWhitespace || "{}[],:\"".contains(character) {
        if !token.isEmpty { tokens.append(token) }
        token = character == "\"" ? "\"" : ""
        isString = character == "\""
        if "{}[],:".contains(character) { tokens.append(String(character)) }
      } else {
        token.append(character)
      }
    }
    return token.isEmpty ? tokens : tokens + [token]
  }
}
