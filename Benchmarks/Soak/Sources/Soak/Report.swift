import Foundation

/// A table of what was promised and what was measured, written row by row, since a run takes minutes.
struct Report {
  private(set) var isKept = true

  init() {
    print("| | measured | promised | kept |\n|---|---|---|---|")
  }

  mutating func add(_ subject: String, _ measured: String, promised: String, kept: Bool) {
    print("| \(subject) | \(measured) | \(promised) | \(kept ? "yes" : "**no**") |")
    fflush(nil)
    isKept = isKept && kept
  }

  /// A figure that explains others.
  func add(_ subject: String, _ measured: String) {
    print("| \(subject) | \(measured) | | |")
    fflush(nil)
  }
}

extension Double {
  func formatted(digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
