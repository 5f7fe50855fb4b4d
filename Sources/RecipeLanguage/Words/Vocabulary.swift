import ConvolutionalNetworks

/// The words of one kind, such as all transformations.
struct Vocabulary<Value>: Sendable {
  /// What one of them is called: `transformation`.
  let kind: String
  let words: [Word<Value>]

  init(_ kind: String, _ words: [Word<Value>]) {
    (self.kind, self.words) = (kind, words)
  }

  func word(_ name: String) -> Word<Value>? { words.first { $0.name == name } }
}

extension RecipeReading {
  /// What a word of a vocabulary makes, with or without arguments.
  func value<Value>(_ syntax: RecipeSyntax, of vocabulary: Vocabulary<Value>) throws(RecipeError)
    -> Value
  {
    let names = vocabulary.words.map(\.name)
    let (name, arguments): (String, [RecipeArgument])
    switch syntax.kind {
    case .name(let word): (name, arguments) = (word, [])
    case .call(let word, let given): (name, arguments) = (word, given)
    default: throw error(syntax, "this is no \(vocabulary.kind)", expected: names)
    }
    let place = RecipeSyntax(
      kind: syntax.kind, range: syntax.range.lowerBound..<syntax.range.lowerBound + name.count)
    guard let word = vocabulary.word(name) else {
      let nearest = nearestNames(to: name, in: names)
      throw error(
        place, "'\(name)' is no \(vocabulary.kind)", expected: nearest.isEmpty ? names : nearest)
    }
    let values = try RecipeArguments(arguments, of: syntax, word.signature, self)
    do { return try word.make(values) } catch let error as RecipeError {
      throw error
    } catch {
      throw self.error(syntax, "\(error)")
    }
  }
}
