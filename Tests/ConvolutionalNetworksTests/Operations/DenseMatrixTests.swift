import Testing

@testable import ConvolutionalNetworks

/// Protects the weights of layers behind rectifiers: they are what the network was given, are held once, and are not
/// read where inputs are 0.
@Suite struct DenseMatrixTests {
  private func layers(_ weights: Tensor) -> [Layer] {
    [
      Layer("relu", Activation(.relu), inputs: ["x"]),
      Layer("first", Dense(weights: weights), inputs: ["relu"]),
      Layer("second", Dense(weights: weights), inputs: ["relu"]),
    ]
  }

  private func network(_ layers: [Layer]) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, 70], channelAxis: nil)],
      layers: layers, outputs: ["first", "second"])
  }

  @Test func presentsWeightsAsGiven() throws {
    let weights = Tensor.weights([37, 70])
    let network = try network(layers(weights))
    for layer in network.layers.dropFirst() {
      let dense = try #require(layer.operation as? Dense)
      #expect(dense.matrix.liesByInputs && dense.weights == weights)
      #expect(dense.matrix.selecting([36, 0, 5]) == weights.selectingRows([36, 0, 5]))
      #expect(dense.parameterCount == 37 * 70)
    }
  }

  /// Protects memory: no copy in another order beside the one that is read, not even of weights that layers share.
  @Test func holdsOneOrderAlone() throws {
    weak var given: TensorStorage?
    let network: NeuralNetwork
    do {
      let weights = Tensor.weights([37, 70])
      given = weights.storage
      network = try self.network(layers(weights))
    }
    #expect(given == nil)
    let held = network.layers.compactMap { ($0.operation as? Dense)?.matrix.lines.storage }
    #expect(held.count == 2 && held[0] === held[1])
    // Edited networks share it, and check it as it lies.
    let edited = try network.replacingActivation(of: "first", with: .tanh)
    let matrices = edited.layers.compactMap { ($0.operation as? Dense)?.matrix }
    #expect(matrices.allSatisfy { $0.lines.storage === held[0] && $0.lines.derivedCount == 0 })
  }

  /// Protects the gain: products of closed lines with weights that would spoil them are as if these were not there.
  @Test(arguments: [1, 2, 5]) func doesNotReadClosedLines(rows: Int) {
    let (lines, width) = (13, 45)
    let isOpen = (0..<lines).map { $0 % 3 == 1 }
    let weights = Tensor(
      shape: [lines, width],
      elements: (0..<lines * width).map { isOpen[$0 / width] ? 1 : Float.nan })
    // An open line is one in the last row alone, too.
    let gates = Tensor(
      shape: [rows, lines],
      elements: (0..<rows * lines).map { isOpen[$0 % lines] && $0 / lines == rows - 1 ? 2 : 0 })
    let ones = Tensor(shape: [rows, width], repeating: 1)
    let stored = SingleDenseWeights(elements: weights)
    var open = [Int32](repeating: 0, count: lines)
    for accumulates in [false, true] {
      var products = Tensor(shape: [rows, lines], repeating: accumulates ? 7 : .nan)
      products.withUnsafeMutableBufferPointer {
        stored.multiply(
          ones.unsafeElements, rows: rows, lines: 0..<lines, gates: gates.unsafeElements,
          into: $0.baseAddress!, accumulating: accumulates, open: &open)
      }
      let start: Float = accumulates ? 7 : 0
      #expect(
        products.elements
          == (0..<rows * lines).map { start + (isOpen[$0 % lines] ? Float(width) : 0) })
      var sums = Tensor(shape: [rows, width], repeating: accumulates ? 7 : .nan)
      sums.withUnsafeMutableBufferPointer {
        stored.combine(
          gates.unsafeElements, rows: rows, places: 0..<width, into: $0.baseAddress!,
          accumulating: accumulates, open: &open)
      }
      let total = 2 * Float(isOpen.count { $0 })
      #expect(
        sums.elements
          == (0..<rows * width).map { start + ($0 / width == rows - 1 ? total : 0) })
    }
  }
}
