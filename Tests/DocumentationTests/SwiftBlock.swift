/// A block of Swift in a page of Markdown.
struct SwiftBlock {
  /// The line of the page that opens it, from 1.
  let line: Int
  /// What empty lines part: lines without their indentation.
  let paragraphs: [[Substring]]

  /// The blocks of a page, in order; one that is not closed goes to the page's end.
  static func blocks(of page: String) -> [SwiftBlock] {
    let lines = page.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(\.unindented)
    var blocks: [SwiftBlock] = []
    var start: Int?
    for (number, line) in lines.enumerated() where line.hasPrefix("```") {
      if let opening = start {
        if lines[opening] == "```swift" {
          blocks.append(SwiftBlock(line: opening + 1, lines[opening + 1..<number]))
        }
        start = nil
      } else {
        start = number
      }
    }
    if let opening = start {
      blocks.append(SwiftBlock(line: opening + 1, lines[opening...]))
    }
    return blocks
  }

  private init(line: Int, _ lines: ArraySlice<Substring>) {
    self.line = line
    paragraphs = lines.split(whereSeparator: \.isEmpty).map(Array.init)
  }

  /// Whether a source file has all paragraphs, in this order, each in one piece but for indentation and empty lines.
  func isExcerpt(of source: String) -> Bool {
    var rest = source.split(whereSeparator: \.isNewline).map(\.unindented).filter { !$0.isEmpty }[
      ...]
    for paragraph in paragraphs {
      guard let found = rest.firstRange(of: paragraph) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

extension Substring {
  fileprivate var unindented: Substring {
    let start = firstIndex { $0 != " " && $0 != "\t" } ?? endIndex
    let end = lastIndex { $0 != " " && $0 != "\t" }.map { index(after: $0) } ?? start
    return self[start..<end]
  }
}
