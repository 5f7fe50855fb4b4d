import ConvolutionalNetworks

/// What a layer of a program costs.
struct LayerFigures: Encodable {
  /// Empty for a copy that the compiler has put in.
  let layer: String
  let operation: String
  /// The algorithm that the program has for it.
  let algorithm: String
  /// As it is computed and lies in memory: only the units and positions that are read.
  let outputShape: [Int]
  let forwardMilliseconds: Double
  let pullbackMilliseconds: Double
  /// Operations of its sums as they are defined, there and back, in units of 10⁹; a multiply-add is two.
  let gigaflop: Double
  /// `gigaflop` by the time of both; an algorithm that saves multiplications may pass the machine's peak.
  let gigaflopsPerSecond: Double

  /// The medians of `count` steps, layer by layer, in the order in which they run.
  static func measure(
    _ workspace: Workspace, _ network: NeuralNetwork, _ neuron: Neuron, count: Int
  ) throws -> [LayerFigures] {
    let summary = try network.summary(inputShapes: workspace.program.inputShapes)
    var unclaimed = Dictionary(uniqueKeysWithValues: summary.map { ($0.name, $0) })
    let passes = (0..<count).map { _ in workspace.timedPass { workspace.seed(neuron) } }
    return (passes.first ?? []).indices.map { step in
      let times = passes.map { $0[step] }
      // The first step of a layer is the one that computes.
      let layer = unclaimed.removeValue(forKey: times[0].layer)
      let share = layer.map { workspace.program.computedShare(of: $0) } ?? 1
      return LayerFigures(
        times[0], layer, share: share,
        forward: times.map { $0.forward / .milliseconds(1) }.median,
        pullback: times.map { $0.pullback / .milliseconds(1) }.median)
    }
  }

  private init(
    _ step: StepTime, _ layer: LayerSummary?, share: Double, forward: Double, pullback: Double
  ) {
    self.layer = step.layer
    operation = layer?.operation ?? "copy"
    algorithm = step.algorithm
    outputShape = step.outputShape
    forwardMilliseconds = forward
    pullbackMilliseconds = pullback
    let passes: Double = pullback > 0 ? 2 : 1
    gigaflop = Double(layer?.multiplyAdds ?? 0) * share * 2 * passes / 1e9
    gigaflopsPerSecond = gigaflop / (forward + pullback) * 1000
  }

  /// A line for every layer, under a line of titles.
  static func table(_ layers: [LayerFigures]) -> [String] {
    var table = TextTable([.left, .left, .left, .right, .right, .right, .right])
    table.add(["layer", "operation", "algorithm", "output", "forward ms", "back ms", "GFLOP/s"])
    for layer in layers {
      table.add([
        layer.layer, layer.operation, layer.algorithm,
        layer.outputShape.map(String.init).joined(separator: "×"),
        layer.forwardMilliseconds.fixed(3), layer.pullbackMilliseconds.fixed(3),
        layer.gigaflop > 0 ? layer.gigaflopsPerSecond.fixed(0) : "",
      ])
    }
    return table.lines
  }
}
