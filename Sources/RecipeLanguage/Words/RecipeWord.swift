/// A word that recipes know, for help and documentation.
public struct RecipeWord: Sendable, Equatable {
  /// What it is one of: `objective`, `transformation` and so on.
  public let kind: String
  /// How it is written, with what stands for arguments that are left out.
  public let signature: String
  /// What it stands for.
  public let summary: String

  /// All of them, by kind.
  public static var all: [RecipeWord] {
    words(.objectives) + words(.transformations) + words(.parameterizations)
      + words(.projections) + words(.gradModifiers) + words(.backpropModifiers)
      + words(.optimizers) + words(.schedules) + words(.attributionMethods)
  }

  private static func words<Value>(_ vocabulary: Vocabulary<Value>) -> [RecipeWord] {
    vocabulary.words.map {
      RecipeWord(kind: vocabulary.kind, signature: $0.signature.text, summary: $0.summary)
    }
  }
}
