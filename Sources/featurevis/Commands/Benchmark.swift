import ArgumentParser
import ConvolutionalNetworks
import Foundation

/// Times steps of a network.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time a step: forward to a layer and back to the input.",
    discussion: """
      A final softmax is made linear first. An architecture without a file is measured with random \
      weights: featurevis benchmark --architecture vgg16
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    parsing: .unconditional,
    help: "The layer: a name, or a position; the last (-1) unless given.")
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "The side of the input; what the network declares unless given.", valueName: "pixels"))
  var size: Int?

  @Option(help: ArgumentHelp("Pictures in the batch.", valueName: "count"))
  var batch = 1

  @Option(help: ArgumentHelp("Steps timed, after two that are not.", valueName: "count"))
  var steps = 20

  @Option(help: ArgumentHelp("Threads; the physical cores unless given.", valueName: "count"))
  var threads: Int?

  @Flag(help: "Print JSON.")
  var json = false

  private struct Report: Encodable {
    let layer: String
    let operation: String
    let inputShape: [Int]
    let threads: Int
    let steps: Int
    let medianMilliseconds: Double
    let minimumMilliseconds: Double
    let forwardMedianMilliseconds: Double
    let workspaceMegabytes: Double
  }

  func validate() throws {
    try validatePositive(steps, "--steps")
    try validatePositive(batch, "--batch")
    try validatePositive(threads, "--threads")
    try validatePositive(size, "--size")
  }

  func run() throws {
    if let threads { WorkerPool.threadCount = threads }
    let network = try file.loadForMeasuring().replacingFinalSoftmax()
    let shapes = try network.exampleInputShapes(side: size, batch: batch)
    guard let input = network.inputs.first?.name else {
      throw ToolError("\(file.path): the network has no input")
    }
    let id = layer.map { LayerID(argument: $0, in: network) } ?? .position(-1)
    let program = try Program(network, inputShapes: shapes, taps: [id])
    let workspace = Workspace(program)
    workspace.withInput(input) { values in
      for index in values.indices { values[index] = Float(index % 255) / 255 - 0.5 }
    }
    var forward: [Double] = []
    var whole: [Double] = []
    let clock = ContinuousClock()
    for step in 0..<(steps + 2) {
      let first = clock.measure { workspace.forward() }
      let second = clock.measure {
        workspace.seedMean(of: 0)
        workspace.pullback()
      }
      guard step >= 2 else { continue }
      forward.append(first / .milliseconds(1))
      whole.append((first + second) / .milliseconds(1))
    }
    let report = Report(
      layer: program.taps[0].layer, operation: try network.layer(id).operation.kind,
      inputShape: shapes[input] ?? [], threads: WorkerPool.threadCount, steps: steps,
      medianMilliseconds: median(whole), minimumMilliseconds: whole.min() ?? 0,
      forwardMedianMilliseconds: median(forward),
      workspaceMegabytes: Double(program.workspaceCount * 4) / 1e6)
    if json { try JSONOutput.print(report) } else { printLine(report) }
  }

  private func printLine(_ report: Report) {
    print(
      """
      \(report.medianMilliseconds.fixed(1)) ms per step (median of \(report.steps); minimum \
      \(report.minimumMilliseconds.fixed(1))), forward \
      \(report.forwardMedianMilliseconds.fixed(1)) ms; \(report.layer) (\(report.operation)), \
      input \(report.inputShape), \(report.threads) thread\(report.threads == 1 ? "" : "s"), \
      workspace \(report.workspaceMegabytes.fixed(0)) MB
      """)
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
