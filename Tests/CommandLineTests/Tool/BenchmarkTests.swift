import Foundation
import Testing

@Suite("featurevis benchmark") struct BenchmarkTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", sidecar: nil, to: folder)
  }

  private struct Report: Decodable {
    let layer, operation, denseWeights: String
    let inputShape: [Int]
    let position: [Int]?
    let threads, steps: Int
    let medianMilliseconds, minimumMilliseconds, forwardMedianMilliseconds: Double
    let steadiness, peakMegabytes: Double
    let work: Work
    let layers: [Layer]?
    let visualization: Visualization?
    let roofline: Roofline?
  }

  private struct Work: Decodable {
    let gigaflop, weightMegabytes, valueMegabytes: Double
  }

  private struct Layer: Decodable {
    let layer, operation, algorithm: String
    let outputShape: [Int]
    let forwardMilliseconds, pullbackMilliseconds, gigaflop, gigaflopsPerSecond: Double
  }

  private struct Visualization: Decodable {
    let steps: Int
    let seconds, stepMedianMilliseconds: Double
  }

  private struct Roofline: Decodable {
    let peakGigaflopsPerSecond, peakReadGigabytesPerSecond, gigaflopsPerSecond: Double
    let bound: String
  }

  private func report(_ options: String...) throws -> Report { try report(options) }

  private func report(_ options: [String]) throws -> Report {
    let output = try CommandLineProgram.featurevis.succeed(
      ["benchmark"] + options + ["--json"], in: folder
    ).output
    return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
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
    let report = try report(
      "small.onnx", "--steps", "4", "--batch", "2", "--threads", "1", "--layer", "relu2")
    #expect(report.layer == "relu2" && report.inputShape == [2, 32, 32, 3])
    #expect(report.threads == 1 && report.steps == 4)
    #expect(report.minimumMilliseconds > 0)
    #expect(report.medianMilliseconds >= report.minimumMilliseconds)
    #expect(report.forwardMedianMilliseconds < report.medianMilliseconds)
  }

  /// Protects the costs of layers: each one once, in order, and the convolutions' sums counted there and back.
  @Test func layers() throws {
    let report = try report("small.onnx", "--steps", "2", "--layers")
    let layers = try #require(report.layers)
    #expect(report.visualization == nil && report.roofline == nil)
    #expect(Set(layers.map(\.layer)).count == layers.count)
    #expect(layers.contains { $0.layer == "fc" && $0.operation == "Dense" && $0.gigaflop > 0 })
    let convolutions = layers.filter { $0.operation == "Convolution" }
    #expect(!convolutions.isEmpty)
    for layer in convolutions {
      #expect(layer.algorithm.contains("Convolution") && layer.outputShape.count == 4)
      #expect(layer.forwardMilliseconds > 0 && layer.pullbackMilliseconds > 0)
      let rate = layer.gigaflop / (layer.forwardMilliseconds + layer.pullbackMilliseconds) * 1000
      #expect(abs(rate - layer.gigaflopsPerSecond) <= rate * 1e-6)
    }
    #expect(abs(layers.map(\.gigaflop).reduce(0, +) - report.work.gigaflop) < 1e-9)
  }

  /// Protects the time of a whole visualization: as many steps as asked for, each slower than nothing.
  @Test func visualization() throws {
    try SmallNetwork().write("pictured", to: folder)
    let report = try report("pictured.onnx", "--steps", "3", "--visualization")
    let visualization = try #require(report.visualization)
    #expect(visualization.steps == 3)
    #expect(visualization.seconds * 1000 >= visualization.stepMedianMilliseconds)
    #expect(visualization.stepMedianMilliseconds > 0)
  }

  /// Protects the machine's peak: no step that does every sum passes it, and the report says what bounds it.
  @Test func roofline() throws {
    let report = try report("small.onnx", "--steps", "2", "--roofline", "--unit", "1")
    let roofline = try #require(report.roofline)
    #expect(roofline.peakGigaflopsPerSecond > 1 && roofline.peakReadGigabytesPerSecond > 0.1)
    #expect(roofline.gigaflopsPerSecond < roofline.peakGigaflopsPerSecond)
    #expect(["arithmetic", "weights"].contains(roofline.bound))
    #expect(report.peakMegabytes > 1 && report.steadiness > 0)
  }

  /// Protects the label of figures that are not those of single precision.
  @Test func half() throws {
    let single = try report("small.onnx", "--steps", "2")
    let half = try report("small.onnx", "--steps", "2", "--half")
    #expect(single.denseWeights == "float32" && half.denseWeights == "float16")
    #expect(half.work.weightMegabytes < single.work.weightMegabytes)
    let output = try CommandLineProgram.featurevis.succeed(
      ["benchmark", "small.onnx", "--steps", "2", "--half"], in: folder
    ).output
    #expect(output.contains("dense weights in float16"))
  }

  /// Protects the times of a neuron: less is computed, and the report says of what.
  @Test func position() throws {
    let options = ["small.onnx", "--steps", "2", "--layer", "relu2", "--layers"]
    let whole = try report(options)
    let neuron = try report(options + ["--position", "center"])
    #expect(whole.position == nil && neuron.position?.count == 2)
    #expect(neuron.work.gigaflop < whole.work.gigaflop / 2)
    #expect(neuron.work.weightMegabytes == whole.work.weightMegabytes)
    let last = try #require(neuron.layers?.last { !$0.layer.isEmpty })
    #expect(last.outputShape.dropFirst().dropLast().allSatisfy { $0 == 1 })
  }

  /// Protects from a unit that the layer does not have.
  @Test func unitOutOfRange() throws {
    let outcome = try CommandLineProgram.featurevis.run(
      ["benchmark", "small.onnx", "--unit", "100000"], in: folder)
    #expect(outcome.status != 0 && outcome.errors.contains("100000"))
  }
}
