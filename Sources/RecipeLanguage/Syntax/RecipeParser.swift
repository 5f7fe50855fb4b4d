/// Reads a text as sums, products, calls and lists.
///
///     sum      = product, { ("+" | "-"), product }
///     product  = power, { ("*" | "/"), power }
///     power    = value, [ "^", power ]
///     value    = "-", value | number, [ "...", [ number ] | "..<", number ] | text | name | call | list | "(", sum, ")"
///     call     = name, "(", [ argument, { ",", argument } ], ")"
///     argument = [ name, ":" ], sum
///     list     = "[", [ sum, { ",", sum } ], "]"
struct RecipeParser {
  private var lexer: RecipeLexer
  private var token: RecipeLexer.Token
  private var depth = 0
  /// Calls in calls: a bound on the stack.
  private static let mostNested = 64
  /// The longest text that is read, in characters.
  static let longestText = 1 << 20

  /// The syntax of a whole text.
  static func parse(_ text: String) throws(RecipeError) -> RecipeSyntax {
    guard text.count <= longestText else {
      throw RecipeError(
        String(text.prefix(80)), 0..<0, "the text has more than \(longestText) characters")
    }
    var parser = try RecipeParser(text)
    let syntax = try parser.sum()
    guard parser.token.kind == .end else {
      throw parser.unexpected(["+", "-", "*", "/", "^", "the end"])
    }
    return syntax
  }

  /// The parts of a text that are separated by commas: `padding(12), crop(8)`.
  static func parseList(_ text: String) throws(RecipeError) -> [RecipeSyntax] {
    guard text.contains(where: { !$0.isWhitespace }) else { return [] }
    // The brackets of a list are left out; places in the text stay.
    var parser = try RecipeParser(text)
    var parts = [try parser.sum()]
    while try parser.accept(",") { parts.append(try parser.sum()) }
    guard parser.token.kind == .end else { throw parser.unexpected([",", "the end"]) }
    return parts
  }

  private init(_ text: String) throws(RecipeError) {
    lexer = RecipeLexer(text)
    token = try lexer.next()
  }

  private mutating func sum() throws(RecipeError) -> RecipeSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.mostNested else {
      throw RecipeError(lexer.text, token.range, "more than \(Self.mostNested) calls in calls")
    }
    return try operations(from: 1)
  }

  /// Operations that bind at least as closely as `precedence`.
  private mutating func operations(from precedence: Int) throws(RecipeError) -> RecipeSyntax {
    var left = try value()
    while case .sign(let sign) = token.kind, let character = sign.first, sign.count == 1,
      let operation = RecipeSyntax.Operator(rawValue: character), operation.precedence >= precedence
    {
      try advance()
      // Powers are read from the right, everything else from the left.
      let next = operation == .power ? operation.precedence : operation.precedence + 1
      let right = try operations(from: next)
      left = RecipeSyntax(
        kind: .operation(operation, left, right),
        range: left.range.lowerBound..<right.range.upperBound)
    }
    return left
  }

  private mutating func value() throws(RecipeError) -> RecipeSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 2 * Self.mostNested else {
      throw RecipeError(lexer.text, token.range, "more than \(Self.mostNested) signs in a row")
    }
    let start = token
    switch start.kind {
    case .number(let number):
      try advance()
      let first = RecipeSyntax(kind: .number(number), range: start.range)
      return try range(from: first)
    case .string(let text):
      try advance()
      return RecipeSyntax(kind: .string(text), range: start.range)
    case .name(let name):
      try advance()
      guard try accept("(") else { return RecipeSyntax(kind: .name(name), range: start.range) }
      var arguments: [RecipeArgument] = []
      let end = try elements(until: ")") { parser throws(RecipeError) in
        arguments.append(try parser.argument())
      }
      return RecipeSyntax(
        kind: .call(name, arguments), range: start.range.lowerBound..<end)
    case .sign("["):
      try advance()
      var parts: [RecipeSyntax] = []
      let end = try elements(until: "]") { parser throws(RecipeError) in
        parts.append(try parser.sum())
      }
      return RecipeSyntax(kind: .list(parts), range: start.range.lowerBound..<end)
    case .sign("("):
      try advance()
      let inner = try sum()
      guard try accept(")") else { throw unexpected([")"]) }
      return inner
    case .sign("-"):
      try advance()
      // −2^2 is −(2^2), as in mathematics.
      let inner = try operations(from: RecipeSyntax.Operator.power.precedence)
      return RecipeSyntax(
        kind: .negative(inner), range: start.range.lowerBound..<inner.range.upperBound)
    case .sign, .end:
      throw unexpected(["a number", "a name", "a call", "a list"])
    }
  }

  /// A range from a number on, or the number itself where no range follows.
  private mutating func range(from first: RecipeSyntax) throws(RecipeError) -> RecipeSyntax {
    let sign = token
    guard sign.kind == .sign("...") || sign.kind == .sign("..<") else { return first }
    try advance()
    let ends = [.sign(","), .sign(")"), .sign("]"), .end].contains(token.kind)
    let last = ends && sign.kind == .sign("...") ? nil : try value()
    return RecipeSyntax(
      kind: .range(first, last, isClosed: sign.kind == .sign("...")),
      range: first.range.lowerBound..<(last?.range ?? sign.range).upperBound)
  }

  private mutating func argument() throws(RecipeError) -> RecipeArgument {
    let value = try sum()
    guard token.kind == .sign(":") else { return RecipeArgument(label: nil, value: value) }
    guard case .name(let label) = value.kind else { throw unexpected([",", ")"]) }
    try advance()
    return RecipeArgument(label: label, value: try sum())
  }

  /// Reads what is separated by commas up to a closing bracket, and returns where that ends.
  private mutating func elements(
    until close: String, _ read: (inout RecipeParser) throws(RecipeError) -> Void
  ) throws(RecipeError) -> Int {
    var end = token.range.upperBound
    if try accept(close) { return end }
    while true {
      try read(&self)
      end = token.range.upperBound
      if try accept(close) { return end }
      guard try accept(",") else { throw unexpected([",", close]) }
    }
  }

  private mutating func advance() throws(RecipeError) { token = try lexer.next() }

  private mutating func accept(_ sign: String) throws(RecipeError) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    try advance()
    return true
  }

  private func unexpected(_ expected: [String]) -> RecipeError {
    let found =
      switch token.kind {
      case .end: "the text ends too early"
      case .number, .string, .name: "this does not belong here"
      case .sign(let sign): "'\(sign)' does not belong here"
      }
    return RecipeError(lexer.text, token.range, found, expected: expected)
  }
}
