import Foundation

/// Shows how many of many things are done, on standard error: one line redrawn on a terminal, ten plain ones elsewhere.
struct CountLine {
  private let title: String
  private let total: Int
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastDrawn = ContinuousClock.now
  private var lastTenth = 0

  /// - Parameter total: how many there are.
  init(_ title: String, of total: Int) { (self.title, self.total) = (title, total) }

  /// Shows that so many are done, if it is time to.
  mutating func show(_ count: Int) {
    let text = "\(title): \(count) of \(total)"
    if isTerminal {
      guard ContinuousClock.now - lastDrawn >= .milliseconds(100) else { return }
      lastDrawn = .now
      StandardStreams.writeError("\r\u{1B}[K\(text)")
    } else if total >= 100, 10 * count / total > lastTenth {
      lastTenth = 10 * count / total
      StandardStreams.printError(text)
    }
  }

  /// Clears the line, so that something else can be printed.
  func clear() {
    if isTerminal { StandardStreams.writeError("\r\u{1B}[K") }
  }
}
