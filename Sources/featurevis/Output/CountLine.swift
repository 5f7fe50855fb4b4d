import Foundation

/// Shows how many of many things are done, how fast, and what is at hand, on standard error: one line redrawn on a terminal, a
/// plain one now and then elsewhere; lines of JSON on standard output if asked.
struct CountLine {
  private let title: String
  private let total: Int
  private let options: ProgressOptions
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  /// The count when it was first shown: a search that goes on had done so many before.
  private var first: Int?
  private var count = 0
  private var lastDrawn: ContinuousClock.Instant?

  /// - Parameter total: how many there are.
  init(_ title: String, of total: Int, _ options: ProgressOptions) {
    (self.title, self.total, self.options) = (title, total, options)
  }

  /// Counts what is to be gone through.
  init(_ title: String, of things: some Sequence, _ options: ProgressOptions) {
    self.init(title, of: things.reduce(0) { count, _ in count + 1 }, options)
  }

  /// A line of `--json-lines`.
  private struct Line: Encodable {
    let event = "progress"
    let title: String
    let item: String?
    let done: Int
    let total: Int

    private enum CodingKeys: CodingKey { case event, title, item, done, total }
  }

  /// Shows what is at hand, where one thing takes long.
  mutating func begin(_ item: String) { draw(item) }

  /// Shows that so many are done, if it is time to.
  ///
  /// - Parameter item: what was done last.
  mutating func show(_ count: Int, item: String? = nil) {
    options.printLine(Line(title: title, item: item, done: count, total: total))
    if first == nil { first = count - 1 }
    self.count = count
    draw(item)
  }

  private mutating func draw(_ item: String?) {
    let now = ContinuousClock.now
    guard !options.quiet, isTime(now) else { return }
    lastDrawn = now
    let name = item.map { ", \($0)" } ?? ""
    let text = "\(title): \(count.grouped) of \(total.grouped)\(pace(now))\(name)"
    if isTerminal {
      let bar = ProgressBar.bar(count, total, beside: text)
      StandardStreams.writeError("\r\u{1B}[K\(bar)\(text.escapingControls)")
    } else {
      StandardStreams.printError(text)
    }
  }

  /// Elsewhere than on a terminal, whoever waits for two seconds is told, and then now and then.
  private func isTime(_ now: ContinuousClock.Instant) -> Bool {
    guard !isTerminal else { return lastDrawn.map { now - $0 >= .milliseconds(100) } ?? true }
    let pause: Duration = now - start < .seconds(10) ? .seconds(2) : .seconds(10)
    return now - (lastDrawn ?? start) >= pause
  }

  /// How many are done in a second or a minute, and how long the others take.
  private func pace(_ now: ContinuousClock.Instant) -> String {
    let (done, seconds) = (Double(count - (first ?? count)), (now - start) / .seconds(1))
    guard done > 0, seconds > 0.5 else { return "" }
    let (rate, left) = (done / seconds, Double(total - count) * seconds / done)
    return (rate >= 1 ? ", \(rate.fixed(1)) a second" : ", \((60 * rate).fixed(1)) a minute")
      + (left >= 1 ? ", \(ProgressBar.duration(left)) left" : "")
  }

  /// Clears the line, so that something else can be printed.
  func clear() {
    if isTerminal, !options.quiet { StandardStreams.writeError("\r\u{1B}[K") }
  }
}
