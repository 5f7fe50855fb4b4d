import ArgumentParser
import ConvolutionalNetworks
import FeatureVisualization
import Foundation

/// Times steps of a network.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time a step: forward to a layer and back to the input.",
    discussion: """
      A softmax or a sigmoid that makes an output is made linear first. An architecture without a file is measured with random \
      weights: featurevis benchmark --architecture vgg16
      """)

  @OptionGroup var file: NetworkFile

  @Option(
    parsing: .unconditional,
    help: "The layer: a name, or a position; the last (-1) unless given.")
  var layer: String?

  @Option(help: ArgumentHelp("The unit whose gradient is pulled back.", valueName: "number"))
  var unit = 0

  @Option(
    help: ArgumentHelp(
      """
      Pull back the unit's activation at one position of a feature map, row 6 and column 3 say, or center, instead of \
      its mean: only what it depends on is computed.
      """, valueName: "row,column"))
  var position: MapPosition?

  @OptionGroup var size: SizeOption

  @Option(help: ArgumentHelp("Pictures in the batch.", valueName: "count"))
  var batch = 1

  @Option(help: ArgumentHelp("Steps timed, after two that are not.", valueName: "count"))
  var steps = 20

  @Option(help: ArgumentHelp("Threads; the physical cores unless given.", valueName: "count"))
  var threads: Int?

  @Flag(
    help: """
      Store the weights of dense layers in half precision: a step reads half as much of them, and activations \
      differ in the fourth digit.
      """)
  var half = false

  @Flag(help: "Time every layer, too.")
  var layers = false

  @Flag(
    help: """
      Time a whole visualization of as many steps, too: total variation, L6 norm, jitter and RMSProp.
      """)
  var visualization = false

  @Flag(help: "Measure the machine's peak, too, and what bounds the step.")
  var roofline = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: InputOptions.title) var inputs: InputOptions

  func validate() throws {
    try validatePositive(steps, "--steps")
    try validatePositive(batch, "--batch")
    try validatePositive(threads, "--threads", limit: WorkerPool.maximumThreadCount)
    if unit < 0 { throw ValidationError("--unit \(unit) is negative") }
  }

  func run() throws {
    if let threads { WorkerPool.threadCount = threads }
    let network = try file.loadForMeasuring().replacingFinalActivations()
    let report = try report(
      network, layer.map { LayerID(argument: $0, in: network) } ?? .position(-1))
    if json {
      try JSONOutput.print(report)
    } else {
      for line in report.lines { StandardStreams.printLine(line) }
    }
  }

  private func report(_ network: NeuralNetwork, _ id: LayerID) throws -> BenchmarkReport {
    let input = try inputs.pictureInput(of: network, file.path).name
    let held = try inputs.tensors(for: network, batch: batch)
    let shapes = try network.exampleInputShapes(size.extent, batch: batch)
      .merging(held.mapValues(\.shape)) { $1 }
    let program = try Program(
      network, inputShapes: shapes,
      taps: [TapRequest(id, units: [unit], positions: position.map { [$0] })],
      options: .init(
        differentiatedInputs: [input], denseWeights: half ? .float16 : .float32,
        memoryLimit: file.memory?.bytes))
    let workspace = try Workspace(program)
    for (name, values) in held where program.inputShapes[name] != nil {
      workspace.setInput(name, to: values)
    }
    workspace.withInput(input) { values in
      for index in values.indices { values[index] = Float(index % 255) / 255 - 0.5 }
    }
    let neuron = Neuron(unit: unit, cell: try position?.cell(of: program.taps[0]))
    let times = StepFigures(workspace, neuron, count: steps)
    // Before anything else is measured: steps alone.
    let peakMegabytes = PeakMemory.megabytes
    let work = try WorkFigures(program, network, bytesPerDenseWeight: half ? 2 : 4)
    var report = BenchmarkReport(
      layer: program.taps[0].layer, operation: try network.layer(id).operation.kind,
      inputShape: shapes[input] ?? [], unit: unit, position: neuron.cell,
      threads: WorkerPool.threadCount, steps: steps,
      denseWeights: half ? "float16" : "float32", medianMilliseconds: times.whole.median,
      minimumMilliseconds: times.whole.min() ?? 0,
      forwardMedianMilliseconds: times.forward.median, steadiness: times.steadiness,
      workspaceMegabytes: Double(program.workspaceCount * 4) / 1e6,
      peakMegabytes: peakMegabytes, work: work)
    if layers {
      report.layers = try LayerFigures.measure(workspace, network, neuron, count: steps)
    }
    if visualization {
      report.visualization = try VisualizationFigures(
        network, layer: id, unit: unit, position: position, sides: try sides(network, input),
        batch: batch,
        held: held, steps: steps,
        denseWeights: half ? .float16 : .float32, memoryLimit: file.memory?.bytes)
    }
    if roofline {
      report.roofline = Roofline(work, milliseconds: times.whole.median, peak: MachinePeak())
    }
    return report
  }

  /// The height and the width of pictures that are asked for.
  private func sides(_ network: NeuralNetwork, _ name: String) throws -> (
    height: Int?, width: Int?
  )? {
    let input = network.inputs.first { $0.name == name }
    guard let input, let order = input.specification?.channelOrder, let extent = size.extent else {
      return nil
    }
    return extent.sides(try InputForm(input, order))
  }
}
