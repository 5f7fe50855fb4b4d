import Foundation

/// The cases in scope that do not pass, with the reason of each: `expected-failures.txt`.
///
/// A line is an operator or a case and, behind a colon, why. An operator stands for all cases with a node of it.
struct ExpectedFailures {
  private var reasons: [String: String] = [:]
  private var used: Set<String> = []

  init(_ file: URL) throws {
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
      let reason = line[line.index(after: colon)...]
      reasons[String(line[..<colon])] = reason.trimmingCharacters(in: .whitespaces)
    }
  }

  /// Why a case is expected to fail; `nil` if it has to pass.
  mutating func reason(for test: ConformanceCase) -> String? {
    for name in [test.name] + test.operators {
      guard let reason = reasons[name] else { continue }
      used.insert(name)
      return reason
    }
    return nil
  }

  /// The lines that no failure needs.
  var unused: [String] { reasons.keys.filter { !used.contains($0) }.sorted() }
}
