import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the promise that a picture in a batch is what it is alone: to the last bit, at every place, in batches of any
/// size, for any number of threads, by either arithmetic, both ways.
@Suite(.serialized) struct BatchInvarianceTests {
  private func expectInvariance(_ example: BatchCase, options: Program.Options) throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    WorkerPool.threadCount = 2
    let comparison = try BatchComparison(
      try example.network(), shapes: ["x": example.input], taps: example.taps, options: options)
    for (turn, batch) in [1, 2, 5, 33, 64].enumerated() {
      WorkerPool.threadCount = 1 + turn % 2
      let differences = try comparison.differences(batch: batch)
      #expect(
        differences.isEmpty,
        "\(differences.count) of \(comparison.comparisons(batch: batch)): \(differences[0])")
    }
  }

  @Test(arguments: BatchCase.all)
  func aPictureIsWhatItIsAlone(example: BatchCase) throws {
    try expectInvariance(example, options: example.options)
  }

  @Test(arguments: BatchCase.all)
  func soItIsByPlainArithmetic(example: BatchCase) throws {
    var options = example.options
    options.arithmetic = .plain
    try expectInvariance(example, options: options)
  }

  /// Protects modifiers, which see every activation by itself.
  @Test(
    arguments: [
      GuidedBackprop(), RectifiedBackprop(), RedirectedBackprop(), SignBackprop(),
      SmoothedPooling(smoothing: .average), SmoothedPooling(smoothing: .contraharmonic),
    ] as [any BackpropModifier])
  func soItIsUnderModifiers(modifier: any BackpropModifier) throws {
    for example in BatchCase.all.filter({ $0.name.hasPrefix("every kernel") }) {
      try expectInvariance(example, options: .init(backpropModifier: modifier))
    }
  }

  /// Protects programs of some units, and of some positions, which compute smaller products.
  @Test(arguments: MapSample.local + MapSample.whole)
  func soAreUnitsAndPositions(sample: MapSample) throws {
    let network = try sample.network(.channelsFirst)
    let input = [1] + sample.input.dropFirst()
    let whole = try Program(network, inputShapes: ["x": input], taps: ["y"] as [LayerID])
    let map = whole.taps[0].shape
    let corner = MapPosition.cell(row: 0, column: map[2] - 1)
    for request in [
      TapRequest("y", units: [map[3] - 1]), TapRequest("y", positions: [.center]),
      TapRequest("y", units: [0, 2], positions: [.center, corner]),
    ] {
      try expectInvariance(
        BatchCase(sample.name, input, taps: [request]) { network }, options: .init())
    }
  }

  /// Protects galleries of which each picture raises another unit: the program of all of them computes each as one of its
  /// own would.
  @Test(arguments: [(3, 80, 7), (3, 80, 30), (5, 16, 12), (1, 16, 9), (3, 1, 9)])
  func aUnitIsWhatItIsAmongOthers(kernel: Int, inputs: Int, side: Int) throws {
    let input = [1, side, side, 4]
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", input, .channelsLast)],
      layers: [
        Layer("first", .convolution(4, inputs, kernel: 3), inputs: ["x"]),
        Layer("relu", Activation(.relu), inputs: ["first"]),
        Layer("y", .convolution(inputs, 300, kernel: kernel, seed: 3), inputs: ["relu"]),
      ], outputs: ["y"])
    func run(_ units: [Int]) throws -> [[UInt32]] {
      let workspace = try Workspace(
        try Program(network, inputShapes: ["x": input], taps: [TapRequest("y", units: units)]))
      workspace.setInput("x", to: .weights(input))
      workspace.forward()
      workspace.clearTapGradients()
      let column = try #require(units.firstIndex(of: 41))
      workspace.withTapGradient(0) { gradient in
        for (turn, place) in stride(from: column, to: gradient.count, by: units.count).enumerated()
        {
          gradient[place] = Float(turn % 7) - 3
        }
      }
      let values = workspace.tap(0).elements
      workspace.pullback()
      return [
        stride(from: column, to: values.count, by: units.count).map { values[$0].bitPattern },
        workspace.inputGradient("x").elements.map(\.bitPattern),
      ]
    }
    let alone = try run([41])
    #expect(try run([3, 41, 200]) == alone)
    #expect(try run(Array(20..<52)) == alone)
  }
}
