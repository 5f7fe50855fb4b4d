import FeatureVisualization
import Foundation

/// Shows how far a run of one or several pictures is, on standard error: one line redrawn on a terminal, a few plain
/// lines elsewhere, and nothing where it is to be quiet.
struct ProgressBar {
  private let pictures: Int
  private let isQuiet: Bool
  private var finished = 0
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var lastTenth = 0

  init(pictures: Int, _ options: ProgressOptions) {
    (self.pictures, isQuiet) = (pictures, options.quiet)
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Shows an iteration of the picture at hand, if it is time to.
  mutating func show(_ progress: VisualizationProgress, title: String) {
    guard !isQuiet else { return }
    let objective = "objective \((progress.record.objectives.first ?? 0).short)"
    let isLast = progress.completed == progress.total
    let done = finished * progress.total + progress.completed
    let total = pictures * progress.total
    if isTerminal {
      redraw(title, objective, progress, done: done, total: total)
    } else {
      // Ten lines for one picture; for many pictures a line each.
      let tenth = 10 * progress.completed / progress.total
      if isLast || (pictures == 1 && tenth > lastTenth) {
        let left = pictures == 1 ? "" : left(done, total, .now)
        StandardStreams.printError(
          "\(title): step \(progress.completed) of \(progress.total), \(objective)\(left)")
      }
      lastTenth = tenth
    }
    if isLast { finished += 1 }
  }

  private mutating func redraw(
    _ title: String, _ objective: String, _ progress: VisualizationProgress, done: Int, total: Int
  ) {
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100), done < total { return }
    lastDrawn = now
    let count =
      pictures == 1
      ? "\(progress.completed)/\(progress.total)" : "picture \(finished + 1)/\(pictures)"
    let title = title.escapingControls
    let text = "\(count) \(objective)\(left(done, total, now))"
    write("\r\u{1B}[K\(title) \(Self.bar(done, total, beside: title + text))\(text)")
    if done == total { write("\n") }
  }

  /// Clears the line, so that something else can be printed.
  func clear() {
    if isTerminal, !isQuiet { write("\r\u{1B}[K") }
  }

  /// A bar that leaves room for the text, or none where the terminal is too narrow: a line that wraps
  /// cannot be redrawn.
  static func bar(_ completed: Int, _ total: Int, beside text: String) -> String {
    let width = min(24, terminalWidth - text.count - 3)
    guard width >= 4, total > 0 else { return "" }
    let filled = width * completed / total
    return String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
      + " "
  }

  private static var terminalWidth: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return isKnown && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  private func left(_ completed: Int, _ total: Int, _ now: ContinuousClock.Instant) -> String {
    guard completed > 0, completed < total else { return "" }
    let elapsed = (now - start) / .seconds(1)
    return ", \(Self.duration(elapsed / Double(completed) * Double(total - completed))) left"
  }

  /// Seconds as people read them.
  static func duration(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded())
    return switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }

  private func write(_ text: String) { StandardStreams.writeError(text) }
}
