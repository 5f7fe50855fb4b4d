import Foundation

/// Shows how far a run is, on standard error: one line redrawn on a terminal, a few plain lines elsewhere.
struct ProgressBar {
  private let title: String
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var lastTenth = 0

  init(_ title: String) {
    self.title = title
    isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  }

  mutating func show(_ completed: Int, of total: Int, _ detail: String) {
    let now = ContinuousClock.now
    let isLast = completed == total
    if isTerminal {
      if let lastDrawn, now - lastDrawn < .milliseconds(100), !isLast { return }
      lastDrawn = now
      let width = 24
      let filled = width * completed / max(total, 1)
      let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      write("\r\u{1B}[K\(title) \(bar) \(completed)/\(total) \(detail)\(left(completed, total, now))")
      if isLast { write("\n") }
    } else {
      let tenth = 10 * completed / max(total, 1)
      guard tenth > lastTenth || isLast else { return }
      lastTenth = tenth
      printToStandardError("\(title) \(completed)/\(total) \(detail)")
    }
  }

  private func left(_ completed: Int, _ total: Int, _ now: ContinuousClock.Instant) -> String {
    guard completed > 0, completed < total else { return "" }
    let elapsed = (now - start) / .seconds(1)
    let seconds = Int((elapsed / Double(completed) * Double(total - completed)).rounded())
    return seconds < 60 ? ", \(seconds) s left" : ", \(seconds / 60) min \(seconds % 60) s left"
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
