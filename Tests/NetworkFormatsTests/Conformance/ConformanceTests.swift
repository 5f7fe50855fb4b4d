import CFVTestData
import Foundation
import Testing

@Suite("ONNX operator conformance")
struct ConformanceTests {
  /// Protects what each operator computes, by the cases of the ONNX backend test suite.
  ///
  /// What is left out is listed by `ConformanceRules`, and little: a new rule must not empty the test.
  /// `ONNX_TEST_DATA` names a folder of cases, searched recursively; else those of the data folder are run.
  @Test func backendCases() throws {
    let given = ProcessInfo.processInfo.environment["ONNX_TEST_DATA"]
    let root = given.map { URL(fileURLWithPath: $0, isDirectory: true) }
    guard let root = root ?? DataFolder.item("onnx-node-tests") else { return }
    var passed = 0
    var failures: [String] = []
    var skipped: [String: [String]] = [:]
    for folder in ConformanceCase.folders(below: root) {
      let test = try ConformanceCase(folder: folder)
      let rules = ConformanceRules(test)
      if let reason = rules.reasonToSkip {
        skipped[reason, default: []].append(test.name)
      } else if let failure = ConformanceRunner(test, rules: rules).failure() {
        failures.append("\(test.name): \(failure)")
      } else {
        passed += 1
      }
    }
    for (reason, names) in skipped.sorted(by: { $0.key < $1.key }) {
      print("SKIPPED for \(reason) (\(names.count)): \(names.joined(separator: " "))")
    }
    for failure in failures { print("FAILED \(failure)") }
    let skippedCount = skipped.values.reduce(0) { $0 + $1.count }
    print("ONNX cases: \(passed) passed, \(failures.count) failed, \(skippedCount) skipped")
    #expect(failures.isEmpty)
    #expect(passed > 0)
    if given == nil { #expect(skippedCount <= 90) }
  }
}
