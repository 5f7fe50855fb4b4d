import Foundation
import RecipeLanguage
import Testing

/// Protects Docs/Recipes.md: the words and parts that it names are those that there are.
struct WordListTests {
  private func text() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Docs/Recipes.md"), encoding: .utf8)
  }

  @Test func `the documentation lists every word, and no other`() throws {
    let rows = try text().split(separator: "\n").filter {
      $0.hasPrefix("| `") && $0.hasSuffix(". |")
    }
    let expected = RecipeWord.all.map { "| `\($0.signature)` | \($0.summary) |" }
    #expect(rows.map(String.init).filter { !expected.contains($0) } == [])
    #expect(expected.filter { !rows.map(String.init).contains($0) } == [])
  }

  @Test func `the documentation lists every part of a recipe`() throws {
    let text = try text()
    var recipe = Recipe()
    (recipe.preset, recipe.objective, recipe.prior, recipe.transform) = ("", "", "", "")
    for part in Mirror(reflecting: recipe).children.compactMap(\.label) {
      #expect(text.contains("| `\(part)` |"), "\(part)")
    }
  }
}
