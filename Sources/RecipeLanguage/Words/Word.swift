/// A word of the language: how it is written, what it stands for, and what it makes.
struct Word<Value>: Sendable {
  let signature: WordSignature
  /// One line for people who look for a word.
  let summary: String
  let make: @Sendable (RecipeArguments) throws -> Value

  /// - Parameters:
  ///   - signature: how the word is written, such as `direction(layer, vector, power: 0)`.
  ///   - summary: what it stands for.
  ///   - make: what it makes of its arguments.
  init(
    _ signature: String, _ summary: String,
    make: @escaping @Sendable (RecipeArguments) throws -> Value
  ) {
    self.signature = WordSignature(signature)
    self.summary = summary
    self.make = make
  }

  var name: String { signature.name }
}
