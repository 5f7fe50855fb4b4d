import SwiftProtobuf

@testable import NetworkFormats

/// What became of the cases, by operator.
struct ConformanceReport {
  private struct Counts {
    var passed = 0
    var failed = 0
    var skipped = 0
  }

  private var counts: [String: Counts] = [:]
  private var skipped: [String: [String]] = [:]
  private var expected: [String: [String]] = [:]
  /// The cases that fail and are not expected to, with what went wrong.
  private(set) var failures: [String] = []
  private(set) var passedCount = 0

  mutating func pass(_ test: ConformanceCase) {
    counts[test.subject, default: Counts()].passed += 1
    passedCount += 1
  }

  mutating func skip(_ test: ConformanceCase, for reason: String) {
    counts[test.subject, default: Counts()].skipped += 1
    skipped[reason, default: []].append(test.name)
  }

  /// - Parameter reason: why it was expected; `nil` if it was not.
  mutating func fail(_ test: ConformanceCase, _ failure: String, expectedFor reason: String?) {
    counts[test.subject, default: Counts()].failed += 1
    if let reason {
      expected[reason, default: []].append(test.name)
    } else {
      failures.append("\(test.name) (\(test.subject)): \(failure)")
    }
  }

  var skippedCount: Int { skipped.values.reduce(0) { $0 + $1.count } }
  private var expectedCount: Int { expected.values.reduce(0) { $0 + $1.count } }

  func print() {
    for (subject, counts) in counts.sorted(by: { $0.key < $1.key }) {
      Swift.print(
        "\(subject): \(counts.passed) passed, \(counts.failed) failed, \(counts.skipped) skipped")
    }
    for (title, cases) in [("SKIPPED", skipped), ("DO NOT PASS", expected)] {
      for (reason, names) in cases.sorted(by: { $0.key < $1.key }) {
        Swift.print(
          "\(title) for \(reason) (\(names.count)): \(names.joined(separator: " "))")
      }
    }
    for failure in failures { Swift.print("FAILED \(failure)") }
    Swift.print(
      "ONNX cases: \(passedCount) passed, \(failures.count) failed, \(expectedCount) expected to fail, \(skippedCount) skipped"
    )
  }
}

extension ConformanceCase {
  /// The operators of the model's nodes, each once.
  var operators: [String] { Set(model.graph.node.map(\.opType)).sorted() }

  /// The operator that the case is about.
  var subject: String {
    switch operators.count {
    case 0: "no operator"
    case 1: operators[0]
    default: "several operators"
    }
  }
}
