import ArgumentParser
import RecipeLanguage

/// Lists the words of expressions.
struct Words: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the words of objectives, transformations and the other parts of recipes.",
    discussion: """
      What may be left out is followed by a colon and what stands for it: channel(layer, units: all) is written as \
      channel(conv2), channel(conv2, 3) or channel(layer: conv2, units: [3, 5]).
      """)

  @Argument(help: "The words of this kind alone, such as objective; or this word.")
  var kind: String?

  func run() throws {
    let all = RecipeWord.all
    var words = all
    if let kind {
      words = all.filter { $0.kind == kind || $0.signature.prefix { $0 != "(" } == kind }
      guard !words.isEmpty else {
        var kinds: [String] = []
        for word in all where !kinds.contains(word.kind) { kinds.append(word.kind) }
        throw ToolError(
          "no word and no kind of words is called '\(kind)'; kinds are \(kinds.joined(separator: ", "))"
        )
      }
    }
    var last = ""
    for word in words {
      if word.kind != last { StandardStreams.printLine(word.kind) }
      last = word.kind
      StandardStreams.printLine("  \(word.signature)")
      StandardStreams.printLine("      \(word.summary)")
    }
  }
}
