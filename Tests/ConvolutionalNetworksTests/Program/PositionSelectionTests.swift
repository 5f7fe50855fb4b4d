import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects taps of some positions: what they hand out and pull back is what the whole network would, whatever lies
/// between them and the input, and what they do not depend on is not computed.
@Suite struct PositionSelectionTests {
  /// Expects the values of whole taps in the rectangles handed out, and the gradients of whole inputs.
  ///
  /// - Returns: the program that computes less.
  @discardableResult
  private func expectSame(
    _ network: NeuralNetwork, _ inputs: [String: DoubleTensor], _ taps: [TapRequest],
    options: Program.Options = .init(), sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Program {
    let shapes = inputs.mapValues(\.shape)
    let whole = try Program(
      network, inputShapes: shapes, taps: taps.map(\.layer), options: options)
    let part = try Program(network, inputShapes: shapes, taps: taps, options: options)
    var tensors = SeededTensors(seed: 9)
    let seeds = part.taps.map { tensors.uniform($0.shape) }
    let spread = zip(part.taps, seeds).map { tap, seed in
      var result = DoubleTensor(shape: tap.wholeShape)
      for (place, element) in zip(places(of: tap), seed.elements) {
        result.elements[place] = element
      }
      return result
    }
    let expected = try EngineRun(Workspace(whole), inputs, seeds: spread)
    let actual = try EngineRun(Workspace(part), inputs, seeds: seeds)
    for (index, tap) in part.taps.enumerated() {
      #expect(tap.wholeShape == whole.taps[index].shape, sourceLocation: sourceLocation)
      let values = expected.taps[index].elements
      let chosen = DoubleTensor(
        shape: tap.shape, elements: places(of: tap).map { Double(values[$0]) })
      #expect(
        DoubleTensor(actual.taps[index]).largestRelativeError(from: chosen) <= 1e-5,
        "\(tap)", sourceLocation: sourceLocation)
    }
    for (name, gradient) in expected.gradients {
      let gradient = DoubleTensor(gradient)
      let mine = DoubleTensor(try #require(actual.gradients[name]))
      #expect(
        mine.relativeL2Error(from: gradient) <= 1e-5, "\(name), \(part.taps)",
        sourceLocation: sourceLocation)
      // Outside the receptive field both are exactly zero.
      #expect(
        zip(mine.elements, gradient.elements).allSatisfy { $1 != 0 || $0 == 0 },
        sourceLocation: sourceLocation)
    }
    return part
  }

  /// Where the elements of a tap stand in the whole value.
  private func places(of tap: Program.Tap) -> [Int] {
    let shape = tap.wholeShape
    let width = shape.count == 4 ? shape[2] : 1
    let height = shape[1..<(shape.count - 1)].reduce(1, *) / width
    let units = tap.units ?? Array(0..<tap.unitCount)
    let rows = tap.region?.rows ?? 0..<height
    let columns = tap.region?.columns ?? 0..<width
    return (0..<shape[0]).flatMap { n in
      rows.flatMap { y in
        columns.flatMap { x in
          units.map { ((n * height + y) * width + x) * tap.unitCount + $0 }
        }
      }
    }
  }

  /// Corners, edges and the middle of a map of shape `[N, H, W, C]`.
  private func positions(_ shape: [Int]) -> [MapPosition] {
    let (bottom, right) = (shape[1] - 1, shape[2] - 1)
    return [
      .cell(row: 0, column: 0), .cell(row: 0, column: right), .cell(row: bottom, column: 0),
      .cell(row: bottom, column: right), .cell(row: 0, column: right / 2),
      .cell(row: bottom / 2, column: 0), .cell(row: bottom, column: right / 2),
      .cell(row: bottom / 2, column: right), .cell(row: 1, column: 1),
      .cell(row: bottom - 1, column: right - 1), .center,
    ]
  }

  /// Protects every operation that passes a rectangle on, at every edge.
  @Test(arguments: MapSample.local, TensorLayout.both)
  func aPosition(sample: MapSample, layout: TensorLayout) throws {
    let network = try sample.network(layout)
    let inputs = sample.tensors()
    let shape = try Program(network, inputShapes: ["x": sample.input], taps: ["y"]).taps[0].shape
    for position in positions(shape) {
      let part = try expectSame(network, inputs, [TapRequest("y", positions: [position])])
      let cell = try #require(position.cell(in: shape))
      if case .center = position {
        #expect(part.taps[0].shape == [shape[0], 1, 1, shape[3]])
        #expect(part.taps[0].region?.rows == cell.row..<cell.row + 1)
        // Nothing on the way ends the cropping.
        let layers = network.layers.filter { !($0.operation is Constant) }.map(\.name)
        #expect(Set(layers) == Set(part.computedPositionShares.keys))
      }
    }
    // A rectangle, with units of its own.
    try expectSame(
      network, inputs,
      [
        TapRequest(
          "y", units: [2, 0], positions: [.center, .cell(row: shape[1] - 2, column: 1)])
      ])
    try expectSame(
      network, inputs, [TapRequest("y", positions: [.center])],
      options: .init(backpropModifier: GuidedBackprop(), arithmetic: .plain))
  }

  /// Protects operations that depend on every position: they keep their inputs whole, and only what follows is less.
  @Test(arguments: MapSample.whole, TensorLayout.both)
  func aPositionOfAll(sample: MapSample, layout: TensorLayout) throws {
    let network = try sample.network(layout)
    let shape = try Program(network, inputShapes: ["x": sample.input], taps: ["y"]).taps[0].shape
    for position in positions(shape) {
      let part = try expectSame(
        network, sample.tensors(), [TapRequest("y", positions: [position])])
      #expect(part.computedPositionShares.keys.contains("y"))
      #expect(!part.computedPositionShares.keys.contains("c"))
    }
  }

  /// Protects several taps: each value is computed where any of them needs it, and one that is read whole is whole.
  @Test(arguments: TensorLayout.both) func severalTaps(layout: TensorLayout) throws {
    let sample = try #require(MapSample.local.first { $0.name == "branches joined" })
    let network = try sample.network(layout)
    let inputs = sample.tensors()
    let corner = MapPosition.cell(row: 2, column: 3)
    try expectSame(
      network, inputs,
      [TapRequest("y", positions: [.center]), TapRequest("a/5", positions: [corner])])
    // Read by two layers and tapped, at two places.
    let both = try expectSame(
      network, inputs,
      [
        TapRequest("a", positions: [corner]), TapRequest("y", positions: [.center]),
        TapRequest("a", positions: [.cell(row: 3, column: 3)]),
      ])
    #expect(both.taps[0].region == both.taps[2].region)
    #expect(both.taps[0].region?.rows.contains(2) == true)
    let some = try expectSame(
      network, inputs, [TapRequest("y", positions: [.center]), TapRequest("a")])
    #expect(some.taps[1].region == nil && some.taps[0].region != nil)
    let all = try expectSame(
      network, inputs, [TapRequest("y", positions: [.center]), TapRequest("y")])
    #expect(all.computedPositionShares.isEmpty)
  }

  /// Protects maps of one axis, whose positions are rows.
  @Test(arguments: TensorLayout.both) func mapsOfOneAxis(layout: TensorLayout) throws {
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 31, 4], layout)],
      layers: [
        Layer(
          "c",
          Convolution(weights: .weights([6, 5, 4]), stride: [2], padding: .uniform(2, axes: 1)),
          inputs: ["x"]),
        Layer(
          "p",
          Pooling(.maximum, window: SlidingWindow(kernel: [3], stride: [2]), ceilMode: true),
          inputs: ["c"]),
        Layer("y", Activation(.tanh), inputs: ["p"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 5)
    let inputs = ["x": tensors.spaced([2, 31, 4])]
    for position in [.center, .cell(row: 0, column: 0), .cell(row: 7, column: 0)] as [MapPosition] {
      let part = try expectSame(network, inputs, [TapRequest("y", positions: [position])])
      #expect(part.taps[0].shape == [2, 1, 6])
    }
  }

  /// Protects inputs that are held: the program takes them whole, and hands back no gradient.
  @Test(arguments: TensorLayout.both) func heldInputs(layout: TensorLayout) throws {
    let network = try NeuralNetwork(
      layout: layout,
      inputs: [.map("x", [1, 15, 13, 3], layout), .map("h", [1, 15, 13, 4], layout)],
      layers: [
        Layer("c", .convolution(3, 4, kernel: 3), inputs: ["x"]),
        Layer("d", .convolution(4, 4, kernel: 5), inputs: ["h"]),
        Layer("sum", Arithmetic(.multiply), inputs: ["c", "d"]),
        Layer("y", .convolution(4, 5, kernel: 3), inputs: ["sum"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 5)
    let inputs = ["x": tensors.uniform([1, 15, 13, 3]), "h": tensors.uniform([1, 15, 13, 4])]
    let part = try expectSame(
      network, inputs, [TapRequest("y", positions: [.cell(row: 14, column: 6)])],
      options: .init(differentiatedInputs: ["x"]))
    #expect(part.inputShapes == inputs.mapValues(\.shape))
  }

  /// Protects the gradient itself, beside programs that could share a mistake: central differences of the tap.
  @Test func centralDifferences() throws {
    let layout = TensorLayout.channelsFirst
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [1, 9, 8, 2], layout)],
      layers: [
        Layer("c1", .convolution(2, 8, kernel: 3), inputs: ["x"]),
        Layer("t1", Activation(.tanh), inputs: ["c1"]),
        Layer("p", .pooling(.average(countsPadding: false), 3), inputs: ["t1"]),
        Layer("c2", .convolution(8, 3, kernel: 3), inputs: ["p"]),
        Layer("y", Activation(.tanh), inputs: ["c2"]),
      ], outputs: ["y"])
    let program = try Program(
      network, inputShapes: ["x": [1, 9, 8, 2]],
      taps: [TapRequest("y", units: [1], positions: [.cell(row: 3, column: 2)])])
    #expect(program.taps[0].shape == [1, 1, 1, 1])
    let workspace = try Workspace(program)
    var tensors = SeededTensors(seed: 6)
    let point = tensors.uniform([1, 9, 8, 2])
    let numerical = CentralDifferences(step: 1e-2).gradient(at: point) { point in
      workspace.setInput("x", to: Tensor(point))
      workspace.forward()
      return Double(workspace.tap(0).elements[0])
    }
    let run = EngineRun(workspace, ["x": point], seeds: [.init(shape: [1, 1, 1, 1], repeating: 1)])
    let gradient = DoubleTensor(try #require(run.gradients["x"]))
    #expect(gradient.relativeL2Error(from: numerical) < 1e-3)
    #expect(gradient.elements.contains(0) && gradient.elements.contains { $0 != 0 })
  }

  /// Protects the gain: layers shrink with the receptive field, and so does the memory.
  @Test func computesLess() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 64, 64, 3], .channelsLast)],
      layers: [
        Layer("c1", .convolution(3, 16, kernel: 3), inputs: ["x"]),
        Layer("r1", Activation(.relu), inputs: ["c1"]),
        Layer("c2", .convolution(16, 16, kernel: 3), inputs: ["r1"]),
        Layer("p", .pooling(.maximum, 2), inputs: ["c2"]),
        Layer("y", .convolution(16, 16, kernel: 3), inputs: ["p"]),
      ], outputs: ["y"])
    let shapes = ["x": [1, 64, 64, 3]]
    let whole = try Program(network, inputShapes: shapes, taps: ["y"])
    let part = try Program(
      network, inputShapes: shapes, taps: [TapRequest("y", positions: [.center])])
    // 3×3 pooled positions, 6×6 below, 8×8 below that.
    let shares = ["y": 1.0 / 1024, "p": 9.0 / 1024, "c2": 36.0 / 4096, "r1": 64.0 / 4096]
    for (layer, share) in shares { #expect(part.computedPositionShares[layer] == share) }
    #expect(part.taps[0].region == MapRegion(rows: 16..<17, columns: 16..<17))
    // What is left is the input and its gradient; the whole keeps its activations as bits alone.
    #expect(part.workspaceCount < 2 * 64 * 64 * 3 + 512)
    #expect(part.workspaceCount < whole.workspaceCount / 4)
    #expect(whole.computedPositionShares.isEmpty && whole.taps[0].region == nil)
  }

  /// Protects programs whose receptive fields are everything, and taps that are no feature maps as they lie: they stay
  /// as they were.
  @Test func staysAsItIs() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [1, 5, 5, 3], .channelsFirst)],
      layers: [
        Layer("c", .convolution(3, 8, kernel: 5), inputs: ["x"]),
        Layer("y", Pooling(.maximum, window: SlidingWindow(kernel: [5, 5])), inputs: ["c"]),
        Layer("flat", Flatten(), inputs: ["c"]),
        Layer("tokens", Reshape(to: [1, 8, 25]), inputs: ["c"]),
        Layer("turned", Transpose([0, 2, 3, 1]), inputs: ["c"]),
      ], outputs: ["y", "flat", "tokens", "turned"])
    let shapes = ["x": [1, 5, 5, 3]]
    for layer in ["y", "tokens", "turned"] as [LayerID] {
      let whole = try Program(network, inputShapes: shapes, taps: [layer])
      let part = try Program(
        network, inputShapes: shapes, taps: [TapRequest(layer, positions: [.center])])
      #expect(part.taps == whole.taps && part.workspaceCount == whole.workspaceCount)
    }
  }

  /// Protects against positions that are not there, each with the numbers.
  @Test func refusesPositionsThatAreNotThere() throws {
    let sample = try #require(MapSample.local.first { $0.name == "branches joined" })
    for cell in [(27, 0), (0, 22), (-1, 0), (0, -1)] {
      #expect(
        throws: VisualizationError.positionOutOfRange(
          row: cell.0, column: cell.1, layer: "y", height: 27, width: 22)
      ) {
        try Program(
          try sample.network(.channelsFirst), inputShapes: ["x": sample.input],
          taps: [TapRequest("y", positions: [.center, .cell(row: cell.0, column: cell.1)])])
      }
    }
    #expect(throws: VisualizationError.noPositions(layer: "scores", shape: [1, 30])) {
      try Program(
        try UnitSelectionTests.dense(), inputShapes: ["x": [1, 9, 7, 8]],
        taps: [TapRequest("scores", positions: [.center])])
    }
  }
}
