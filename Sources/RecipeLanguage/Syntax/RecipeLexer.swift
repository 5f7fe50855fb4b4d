/// Cuts a text into tokens.
struct RecipeLexer {
  /// A piece of a text.
  struct Token: Equatable {
    enum Kind: Equatable {
      case number(Double)
      case string(String)
      case name(String)
      /// `+ - * / ^ ( ) [ ] , :`, `...` and `..<`.
      case sign(String)
      case end
    }

    let kind: Kind
    let range: Range<Int>
  }

  let text: String
  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  /// The next token; the last is `.end`.
  mutating func next() throws(RecipeError) -> Token {
    while position < characters.count, characters[position].isWhitespace { position += 1 }
    let start = position
    guard start < characters.count else { return Token(kind: .end, range: start..<start) }
    let first = characters[start]
    if first.isASCII, first.isNumber || (first == "." && isDigit(start + 1)) { return try number() }
    if first == "\"" || first == "'" { return try string(endingIn: first) }
    if isNameStart(first) {
      while position < characters.count, isInName(characters[position]) { position += 1 }
      // A name in front of a sign of arithmetic, as in `a- b`, ends before it.
      while let last = characters[start..<position].last, "-/.".contains(last) { position -= 1 }
      return Token(
        kind: .name(String(characters[start..<position])), range: start..<position)
    }
    for sign in ["...", "..<"] where characters[start...].starts(with: sign) {
      position += sign.count
      return Token(kind: .sign(sign), range: start..<position)
    }
    position += 1
    guard "+-*/^()[],:".contains(first) else {
      throw RecipeError(text, start..<position, "'\(first)' means nothing here")
    }
    return Token(kind: .sign(String(first)), range: start..<position)
  }

  private func isDigit(_ position: Int) -> Bool {
    position < characters.count && characters[position].isASCII && characters[position].isNumber
  }

  private mutating func skipDigits() {
    while isDigit(position) { position += 1 }
  }

  private func isNameStart(_ character: Character) -> Bool {
    character.isLetter || character == "_"
  }

  /// Layers are called `inception_4c/3x3` and `conv2d-1.weight`.
  private func isInName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-/.".contains(character)
  }

  private mutating func number() throws(RecipeError) -> Token {
    let start = position
    skipDigits()
    // Two points are a range.
    if position < characters.count, characters[position] == ".", isDigit(position + 1) {
      position += 1
      skipDigits()
    }
    if position < characters.count, "eE".contains(characters[position]) {
      var end = position + 1
      if end < characters.count, "+-".contains(characters[end]) { end += 1 }
      if isDigit(end) {
        position = end
        skipDigits()
      }
    }
    let digits = String(characters[start..<position])
    guard let value = Double(digits), value.isFinite else {
      throw RecipeError(text, start..<position, "'\(digits)' is no number that can be counted with")
    }
    return Token(kind: .number(value), range: start..<position)
  }

  private mutating func string(endingIn quote: Character) throws(RecipeError) -> Token {
    let start = position
    position += 1
    var result = ""
    while position < characters.count, characters[position] != quote {
      // A backslash lets quotes and backslashes stand in a text.
      if characters[position] == "\\", position + 1 < characters.count { position += 1 }
      result.append(characters[position])
      position += 1
    }
    guard position < characters.count else {
      throw RecipeError(
        text, start..<position, "a text in quotes does not end", expected: [String(quote)])
    }
    position += 1
    return Token(kind: .string(result), range: start..<position)
  }
}
