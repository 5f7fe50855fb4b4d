import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects how numbers are rounded to integers and back, and how gradients pass.
@Suite struct QuantizationTests {
  /// Grids of maps `[2, 5, 7, 6]` as they are handed in, by what scales belong to.
  private static func grids(_ layout: TensorLayout) -> [QuantizationGrid] {
    let channels = Tensor.weights([6], in: 0.011...0.023)
    let zeros = Tensor(shape: [6], elements: [-9, 0, 5, 17, -30, 2])
    let shape = layout.shape(batch: 2, spatial: [5, 7], channels: 6)
    var blocks = shape
    blocks[layout.channelAxis(rank: 4)] = 2
    return [
      QuantizationGrid(scale: 0.0137), QuantizationGrid(scale: 0.0061, zeroPoint: -20),
      QuantizationGrid(
        scale: channels, zeroPoint: zeros, granularity: .axis(layout.channelAxis(rank: 4))),
      QuantizationGrid(
        scale: .weights([7], in: 0.011...0.023), granularity: .axis(layout.axis(2))),
      QuantizationGrid(
        scale: .weights(blocks, in: 0.011...0.023),
        zeroPoint: .weights(blocks).map { ($0 * 9).rounded() },
        granularity: .blocks(length: 4, axis: layout.channelAxis(rank: 4))),
    ]
  }

  @Test(arguments: TensorLayout.both, 0..<5)
  func agreesWithInterpreter(layout: TensorLayout, grid: Int) throws {
    let shape = [2, 5, 7, 6]
    for result in [Quantization.Result.realNumbers, .integers] {
      try OperationCase("Quantization", shape) {
        Quantization(Self.grids($0)[grid], range: -60...67, result: result)
      }.check(layout)
    }
    try OperationCase("Dequantization", shape, range: -120...120) {
      Dequantization(Self.grids($0)[grid])
    }.check(layout)
  }

  /// Protects stretches of more than one chunk, whose parameters begin anywhere.
  @Test func agreesWithInterpreterOverManyChunks() throws {
    let grid = QuantizationGrid(
      scale: .weights([45], in: 0.011...0.023), granularity: .axis(-1))
    try OperationCase("Quantization", [2, 21, 20, 45]) { _ in Quantization(grid, range: -60...67) }
      .check(.channelsLast)
  }

  @Test(arguments: TensorLayout.both)
  func quantizesEachPictureToItsRange(layout: TensorLayout) throws {
    for shape in [[3, 5, 7, 6], [4, 9], [2, 30, 7]] {
      let operation = OperationCase("DynamicQuantization", shape, outputs: 3) { _ in
        DynamicQuantization()
      }
      // Evenly spaced numbers would lie in the middle between two integers.
      var tensors = SeededTensors(seed: 3)
      let inputs = ["x0": tensors.uniform(shape, in: -1.3...2.9)]
      // The range's own numbers have no gradient.
      let network = try operation.network(layout)
      try expectAgreement(network, inputs, taps: ["y0"])
      try expectAgreement(network, inputs, taps: operation.outputNames)
    }
  }

  /// Protects halves, which go to the even integer, the ends of the range, and what a NaN becomes.
  @Test func roundsHalvesToEvenAndSaturates() throws {
    let x: [Float] = [0.5, 1.5, 2.5, -0.5, -1.5, 3.49, 130, 127.4, -129, -128.4, .infinity, .nan]
    let integers: [Float] = [0, 2, 2, 0, -2, 3, 127, 127, -128, -128, 127]
    var tensor = Tensor(shape: [x.count], elements: x)
    try Quantization(QuantizationGrid(scale: 1), range: -128...127, result: .integers)
      .apply(to: &tensor)
    #expect(Array(tensor.elements.dropLast()) == integers)
    #expect(tensor.elements[11].isNaN)
  }

  /// Protects gradients, which are those of the clipped but not rounded function.
  @Test func gradientsAreThoseOfClipping() throws {
    let grid = QuantizationGrid(scale: 0.05, zeroPoint: 3)
    let quantization = Quantization(grid, range: 0...20)
    let (low, high) = (-3 * 0.05, 17 * 0.05)
    var tensors = SeededTensors(seed: 3)
    let x = tensors.spaced([2, 40], in: -1...2)
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, 40], channelAxis: nil)],
      layers: [Layer("y", quantization, inputs: ["x"])], outputs: ["y"])
    let run = try EngineRun(network, ["x": x], taps: ["y"])
    var seeds = SeededTensors(seed: 7)
    let seed = seeds.uniform([2, 40])
    let expected = try CentralDifferences().gradient(at: x) { point in
      zip(point.elements, seed.elements).reduce(0) { $0 + min(max($1.0, low), high) * $1.1 }
    }
    let gradient = try #require(run.gradients["x"])
    var checked = 0
    for (index, point) in x.elements.enumerated() {
      // Up to half a step beyond the ends nothing is clipped: what is rounded lies on them.
      guard abs(point - low) > 0.026, abs(point - high) > 0.026 else { continue }
      #expect(abs(Double(gradient.elements[index]) - expected.elements[index]) < 1e-6)
      checked += 1
    }
    #expect(checked > 60)
  }

  /// Protects weights, which are quantized before anything runs, against the layers that do the same.
  @Test(arguments: 0..<5) func tensorsAreQuantizedAsValuesAre(grid: Int) throws {
    let grid = Self.grids(.channelsLast)[grid]
    let x = Tensor.weights([2, 5, 7, 6], in: -2...2)
    let quantization = Quantization(grid, range: -60...67, result: .integers)
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", x.shape, .channelsLast)],
      layers: [
        Layer("integers", quantization, inputs: ["x"]),
        Layer("numbers", Dequantization(grid), inputs: ["integers"]),
      ], outputs: ["numbers"])
    let run = try EngineRun(network, ["x": DoubleTensor(x)], taps: ["integers", "numbers"])
    var tensor = x
    try quantization.apply(to: &tensor)
    #expect(tensor == run.taps[0])
    try Dequantization(grid).apply(to: &tensor)
    #expect(tensor == run.taps[1])
  }

  /// Protects pictures without a range, and numbers that have none.
  @Test func emptyRangesAndInfinities() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, 2], channelAxis: nil)],
      layers: [
        Layer("y", DynamicQuantization(), inputs: ["x"], outputs: ["y", "scale", "zero"])
      ], outputs: ["y"])
    let x = DoubleTensor(shape: [3, 2], elements: [0, 0, 2, 0.5, .infinity, 1])
    let run = try EngineRun(network, ["x": x], taps: ["y", "scale", "zero"])
    #expect(Array(run.taps[0].elements.prefix(4)) == [0, 0, 255, 64])
    #expect(run.taps[1].elements[0] == 1)
    #expect(run.taps[2].elements.prefix(2) == [0, 0])
  }

  @Test func refusesGridsOfOtherValues() throws {
    let grids = [
      QuantizationGrid(scale: Tensor(shape: [5], repeating: 1), granularity: .axis(1)),
      QuantizationGrid(scale: Tensor(shape: [6], repeating: 1), granularity: .axis(4)),
      QuantizationGrid(scale: Tensor(shape: [2, 5], repeating: 1)),
      QuantizationGrid(
        scale: Tensor(shape: [2, 3], repeating: 1), granularity: .blocks(length: 0, axis: 1)),
      QuantizationGrid(
        scale: Tensor(shape: [2, 3], repeating: 1), granularity: .blocks(length: 4, axis: 1)),
      QuantizationGrid(
        scale: Tensor(shape: [6], repeating: 1), zeroPoint: Tensor(shape: [1], repeating: 1),
        granularity: .axis(1)),
    ]
    for grid in grids {
      #expect(throws: ShapeError.self) {
        try Quantization(grid, range: 0...255).outputShapes(for: [[2, 6]], layout: .channelsFirst)
      }
      var tensor = Tensor(shape: [2, 6], repeating: 1)
      #expect(throws: ShapeError.self) { try Dequantization(grid).apply(to: &tensor) }
    }
    #expect(Quantization(QuantizationGrid(scale: 0), range: 0...255).fault != nil)
  }
}
