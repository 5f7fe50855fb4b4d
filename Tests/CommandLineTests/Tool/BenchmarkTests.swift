import Foundation
import Testing

@Suite("featurevis benchmark") struct BenchmarkTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", sidecar: nil, to: folder)
  }

  private struct Report: Decodable {
    let layer, operation: String
    let inputShape: [Int]
    let threads, steps: Int
    let medianMilliseconds, minimumMilliseconds, forwardMedianMilliseconds: Double
  }

  /// Protects the figure: a line that begins with it and says what was timed.
  @Test func line() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      ["benchmark", "small.onnx", "--steps", "3"], in: folder
    ).output
    #expect(output.prefixMatch(of: /\d+\.\d ms per step \(median of 3; .+/) != nil)
    #expect(output.contains("prob (Linear), input [1, 32, 32, 3]"))
  }

  /// Protects the report for other programs.
  @Test func json() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      [
        "benchmark", "small.onnx", "--steps", "4", "--batch", "2", "--threads", "1", "--layer",
        "relu2", "--json",
      ], in: folder
    ).output
    let report = try JSONDecoder().decode(Report.self, from: Data(output.utf8))
    #expect(report.layer == "relu2" && report.inputShape == [2, 32, 32, 3])
    #expect(report.threads == 1 && report.steps == 4)
    #expect(report.minimumMilliseconds > 0)
    #expect(report.medianMilliseconds >= report.minimumMilliseconds)
    #expect(report.forwardMedianMilliseconds < report.medianMilliseconds)
  }
}
