import EmbeddedNetworks
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles

/// Thousands of visualizations in one process: a network read from its file, a picture drawn and written, each time.
struct ManyCalls {
  let folder: URL

  private static let count = 2000

  func run(_ report: inout Report) throws {
    let file = folder.appending(path: "network.onnx")
    try ONNXFile.write(try NeuralNetwork.pictureNet(), to: file)
    // Threads that wait for one another take time that says nothing of the work.
    let threads = WorkerPool.threadCount
    WorkerPool.threadCount = 1
    defer { WorkerPool.threadCount = threads }
    let fixed = try FixedWork()
    var seconds: [Double] = []
    var relative: [Double] = []
    var memory: [Double] = []
    for call in 0..<Self.count {
      let before = fixed.seconds()
      let start = ProcessFigures.threadSeconds
      try draw(call, file)
      seconds.append(ProcessFigures.threadSeconds - start)
      relative.append(seconds[call] / (before + fixed.seconds()))
      if let now = ProcessFigures.residentMegabytes { memory.append(now) }
    }
    func medians(_ values: [Double]) -> (early: Double, late: Double) {
      (Array(values[100..<300]).median, Array(values.suffix(200)).median)
    }
    let (early, late) = medians(seconds)
    report.add(
      "\(Self.count) calls in one process: CPU time of one, median of calls 100 to 300",
      "\((1000 * early).formatted(digits: 1)) ms")
    report.add("the same of the last 200", "\((1000 * late).formatted(digits: 1)) ms")
    // Other processes take caches and memory from this one: what counts is the time beside that of fixed work.
    let machine = medians(relative)
    let change = 100 * (machine.late / machine.early - 1)
    report.add(
      "how much more that is, in units of fixed work beside each call",
      "\(change.formatted(digits: 1)) %", promised: "within 5 %", kept: abs(change) <= 5)
    guard memory.count == Self.count else { return report.add("memory", "not told by this system") }
    let growth = memory.suffix(from: 100).max()! - memory[99]
    report.add(
      "memory after 100 calls", "\(memory[99].formatted(digits: 1)) MB")
    report.add(
      "most that it grows by later", "\(growth.formatted(digits: 1)) MB", promised: "5 MB at most",
      kept: growth <= 5)
  }

  private func draw(_ call: Int, _ file: URL) throws {
    let recipe = Recipe.mixture[call % Recipe.mixture.count]
    let network = try ONNXFile.load(file).network.specifying(InputSpecification())
    let visualization = try network.visualizeActivation(
      of: recipe.layer, units: [recipe.unit],
      preset: try Preset.named(recipe.preset).with(\.size, InputSize(recipe.side)), iterations: 4,
      seed: UInt64(call))
    try PictureFile(folder.appending(path: "picture.png")).write(visualization.picture(0))
  }
}
