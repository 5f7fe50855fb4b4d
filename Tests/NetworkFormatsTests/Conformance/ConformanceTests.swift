import CFVTestData
import Foundation
import Testing

/// Protects what each operator computes, by the cases of the ONNX backend test suite
/// (https://onnx.ai/onnx/repo-docs/OnnxBackendTest.html).
///
/// `ConformanceScope` tells what of it does not concern pictures; what else does not pass is listed with its reason.
@Suite("ONNX operator conformance")
struct ConformanceTests {
  /// The cases of the data folder.
  @Test func casesOfTheDataFolder() throws {
    guard let root = DataFolder.item("onnx-node-tests") else { return }
    let (report, _) = try run(root)
    #expect(report.failures.isEmpty)
    #expect(report.passedCount > 0)
    #expect(report.skippedCount <= 90)
  }

  /// The cases of a folder that `ONNX_TEST_DATA` names, such as `onnx/backend/test/data` of the wheel of
  /// onnx 1.20, the last one with cases of single nodes: operator sets 1 to 25.
  @Test func casesOfTheWheel() throws {
    guard let path = ProcessInfo.processInfo.environment["ONNX_TEST_DATA"] else {
      print("SKIPPED the cases of onnx's wheel: ONNX_TEST_DATA does not name their folder")
      return
    }
    let (report, expected) = try run(URL(fileURLWithPath: path, isDirectory: true))
    #expect(report.failures.isEmpty)
    #expect(expected.unused.isEmpty, "lines of expected-failures.txt that nothing needs any more")
  }

  private func run(_ root: URL) throws -> (ConformanceReport, ExpectedFailures) {
    let list = try #require(
      Bundle.module.url(forResource: "expected-failures", withExtension: "txt"))
    var expected = try ExpectedFailures(list)
    var report = ConformanceReport()
    for folder in ConformanceCase.folders(below: root) {
      let test = try ConformanceCase(folder: folder)
      if let reason = ConformanceScope(test: test).reasonToSkip {
        report.skip(test, for: reason)
      } else if let failure = ConformanceRunner(test, rules: ConformanceRules(test)).failure() {
        report.fail(test, failure, expectedFor: expected.reason(for: test))
      } else {
        report.pass(test)
      }
    }
    report.print()
    return (report, expected)
  }
}
