import Foundation

/// Why a text is no recipe: where it is wrong, and what could stand there.
///
///     'chanel' is no objective; did you mean 'channel'?
///       chanel(conv2, 3) + 10 * total-variation
///       ^^^^^^
public struct RecipeError: Error, Sendable, Equatable {
  /// The text.
  public let text: String
  /// The characters of the text that are wrong; empty at the end where something is missing.
  public let range: Range<Int>
  /// What is wrong.
  public let reason: String
  /// What could stand there; empty where anything could.
  public let expected: [String]

  init(_ text: String, _ range: Range<Int>, _ reason: String, expected: [String] = []) {
    (self.text, self.range, self.reason, self.expected) = (text, range, reason, expected)
  }
}

extension RecipeError: CustomStringConvertible {
  /// The reason, the line with a mark under what is wrong, and what could stand there.
  public var description: String {
    let (line, column) = markedLine
    let width = max(1, min(range.count, line.count - column))
    let reason = String(reason.map { $0.isNewline ? " " : $0 })
    var result =
      "\(reason)\n  \(line)\n  \(String(repeating: " ", count: column))\(String(repeating: "^", count: width))"
    if !expected.isEmpty {
      result += "\n  here could stand: \(expected.joined(separator: ", "))"
    }
    return result
  }

  /// A stretch of the text about what is wrong, as long as a line of a terminal, and where in it that starts.
  private var markedLine: (line: String, column: Int) {
    let characters = Array(text).map { $0.isNewline ? " " : $0 }
    let first = max(0, min(range.lowerBound, characters.count) - 40)
    let last = min(characters.count, first + 76)
    return (String(characters[first..<last]), min(range.lowerBound, characters.count) - first)
  }
}

extension RecipeError: LocalizedError {
  /// The same as `description`.
  public var errorDescription: String? { description }
}
