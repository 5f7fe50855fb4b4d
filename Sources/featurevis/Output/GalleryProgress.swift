import Foundation
import Galleries

/// Tells how far a gallery is: a bar on a terminal, lines now and then elsewhere, lines of JSON on standard output if asked.
final class GalleryProgress {
  private let options: ProgressOptions
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?

  init(_ options: ProgressOptions) { self.options = options }

  /// Shows an event, if it is time to.
  func show(_ event: GalleryEvent) {
    switch event {
    case .step(let step): if !options.quiet { show(step) }
    case .finished(let unit, let score): options.printLine(Line("finished", unit, score: score))
    case .failed(let unit, let reason):
      clear()
      StandardStreams.printError("warning: \(unit): \(reason)")
      options.printLine(Line("failed", unit, reason: reason))
    }
  }

  /// Tells what has become of the shard.
  func end(_ summary: GallerySummary) {
    clear()
    var line = Line("end")
    (line.drawn, line.kept, line.remaining) = (summary.drawn, summary.kept, summary.remaining)
    line.failures = summary.failures.count
    options.printLine(line)
    guard !options.quiet else { return }
    for failure in summary.failures where failure.isFinal {
      options.note("\(failure.unit) has no picture: \(failure.reason)")
    }
    StandardStreams.printError(
      "\(summary.drawn.grouped) units drawn, \(summary.kept.grouped) were there\(rate(summary.drawn))"
    )
  }

  /// A line of `--json-lines`.
  private struct Line: Encodable {
    let event: String
    var layer: String?
    var unit: Int?
    var score: Float?
    var reason: String?
    var drawn: Int?
    var kept: Int?
    var failures: Int?
    var remaining: Int?

    init(_ event: String, _ unit: GalleryUnit? = nil, score: Float? = nil, reason: String? = nil) {
      (self.event, self.score, self.reason) = (event, score, reason)
      (layer, self.unit) = (unit?.layer, unit?.unit)
    }
  }

  private func show(_ step: GalleryEvent.Step) {
    let now = ContinuousClock.now
    let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
    if let lastShown, now - lastShown < pause { return }
    lastShown = now
    let part = Double(step.units.count * step.completed) / Double(max(step.total, 1))
    let names =
      step.units.count > 1
      ? "\(step.units[0])–\(step.units[step.units.count - 1].unit)" : "\(step.units[0])"
    let text =
      "\(step.finished.grouped) of \(step.all.grouped) units\(rate(step.drawn))\(left(step, part, now)), now \(names)"
    if isTerminal {
      StandardStreams.writeError(
        "\r\u{1B}[K\(ProgressBar.bar(step.finished, step.all, beside: text))\(text.escapingControls)"
      )
    } else {
      StandardStreams.printError(text)
    }
  }

  private func rate(_ drawn: Int) -> String {
    let minutes = (ContinuousClock.now - start) / .seconds(60)
    guard drawn > 0, minutes > 0 else { return "" }
    return ", \((Double(drawn) / minutes).fixed(1)) a minute"
  }

  private func left(_ step: GalleryEvent.Step, _ part: Double, _ now: ContinuousClock.Instant)
    -> String
  {
    let done = Double(step.drawn) + part
    guard done >= 1 else { return "" }
    let seconds = (now - start) / .seconds(1) / done * (Double(step.all - step.finished) - part)
    return ", \(ProgressBar.duration(seconds)) left"
  }

  private func clear() {
    if isTerminal, !options.quiet { StandardStreams.writeError("\r\u{1B}[K") }
  }
}
