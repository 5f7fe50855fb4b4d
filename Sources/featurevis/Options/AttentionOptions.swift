import ArgumentParser
import FeatureVisualization

/// A head of attention and tokens on a command line.
struct AttentionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Look at one head of attention: 3/12 is the fourth of twelve heads whose channels lie beside one another in a layer \
      [N, tokens, C], and units are counted within it; 3 is that of a layer [N, heads, tokens, C], as probabilities are.
      """, valueName: "head"))
  var head: HeadArgument?

  @Option(
    help: ArgumentHelp(
      "Look at some tokens only, numbered from 0 with the class token: 1..196, 1.. for all from 1 on, or 0.",
      valueName: "first..last"))
  var tokens: TokensArgument?

  /// What they name; `nil` for all of a layer.
  var part: AttentionPart? {
    let part = head?.part
    guard let tokens = tokens?.range else { return part }
    return part.map { $0.tokens(tokens) } ?? .tokens(tokens)
  }
}

extension AttentionOptions {
  /// How recipes write them.
  var expressions: [String] {
    var expressions: [String] = []
    if let head { expressions.append("head: \(head.index)") }
    if let count = head?.count { expressions.append("heads: \(count)") }
    if let range = tokens?.range {
      let last = range.upperBound == .max ? "..." : "..<\(range.upperBound)"
      expressions.append("tokens: \(range.lowerBound)\(last)")
    }
    return expressions
  }
}

/// `3/12` or `3`.
struct HeadArgument: ExpressibleByArgument {
  let index: Int
  let count: Int?

  var part: AttentionPart { count.map { .head(index, of: $0) } ?? .head(index) }

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map {
      Int($0)
    }
    guard let index = numbers[0], index >= 0 else { return nil }
    self.index = index
    if numbers.count == 1 {
      count = nil
    } else if numbers.count == 2, let count = numbers[1], count > 0 {
      self.count = count
    } else {
      return nil
    }
  }
}

/// `1..196`, both counted, `1..` or `0`.
struct TokensArgument: ExpressibleByArgument {
  let range: Range<Int>

  init?(argument: String) {
    let parts = argument.split(separator: "..", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = Int(parts[0]), (0..<Int.max).contains(first)
    else { return nil }
    guard parts.count == 2 else {
      range = first..<first + 1
      return
    }
    guard !parts[1].isEmpty else {
      range = first..<Int.max
      return
    }
    guard let last = Int(parts[1]), (first..<Int.max - 1).contains(last) else { return nil }
    range = first..<last + 1
  }
}
