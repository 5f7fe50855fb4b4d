/// Rows of words in columns that line up.
struct TextTable {
  /// Where the words of a column stand.
  enum Alignment {
    case left, right
  }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// Adds a row of as many words as there are columns.
  mutating func add(_ row: [String]) { rows.append(row.map(\.escapingControls)) }

  /// Prints the rows to standard output.
  func print() {
    for line in lines { StandardStreams.printLine(line) }
  }

  /// The rows as lines, without spaces at their ends.
  var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (column, word) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - word.count)
        line +=
          (column > 0 ? "  " : "") + (alignments[column] == .left ? word + space : space + word)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
