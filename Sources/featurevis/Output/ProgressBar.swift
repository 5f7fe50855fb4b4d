import FeatureVisualization
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

  /// Shows an iteration, if it is time to.
  mutating func show(_ progress: VisualizationProgress) {
    let (completed, total) = (progress.completed, progress.total)
    let objective = "objective \((progress.record.objectives.first ?? 0).short)"
    let now = ContinuousClock.now
    let isLast = completed == total
    if isTerminal {
      if let lastDrawn, now - lastDrawn < .milliseconds(100), !isLast { return }
      lastDrawn = now
      let text = "\(completed)/\(total) \(objective)\(left(completed, total, now))"
      write("\r\u{1B}[K\(title) \(bar(completed, total, besides: text.count))\(text)")
      if isLast { write("\n") }
    } else {
      let tenth = 10 * completed / total
      guard tenth > lastTenth || isLast else { return }
      lastTenth = tenth
      printToStandardError("\(title): step \(completed) of \(total), \(objective)")
    }
  }

  /// A bar that leaves room for the text, or none where the terminal is too narrow: a line that wraps
  /// cannot be redrawn.
  private func bar(_ completed: Int, _ total: Int, besides text: Int) -> String {
    let width = min(24, Self.terminalWidth - title.count - text - 3)
    guard width >= 4 else { return "" }
    let filled = width * completed / total
    return String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      + " "
  }

  private static var terminalWidth: Int {
    var size = winsize()
    let isKnown = ioctl(FileHandle.standardError.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0
    return isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80
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
