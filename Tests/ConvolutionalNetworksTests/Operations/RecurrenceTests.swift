import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects recurrent layers: every cell, both directions, and gradients through time.
@Suite struct RecurrenceTests {
  @Test(arguments: cases) func agreesWithInterpreter(_ operation: OperationCase) throws {
    try operation.check(.channelsLast)
  }

  /// Protects sequences that lie as signals of a channels-first network do.
  @Test func readsSignals() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 6, 5], .channelsFirst)],
      layers: [
        Layer("c", Convolution(weights: .weights([4, 3, 5])), inputs: ["x"]),
        Layer("steps", Transpose([0, 2, 1]), inputs: ["c"]),
        Layer(
          "lstm", Self.layer(.lstm(), inputs: 4, units: 3), inputs: ["steps"],
          outputs: ["y", "h", "c1"]),
        Layer("scores", Dense(weights: .weights([2, 3])), inputs: ["h"]),
      ], outputs: ["scores"])
    var tensors = SeededTensors(seed: 2)
    try expectAgreement(network, ["x": tensors.uniform([2, 6, 5])], taps: ["scores"])
    try expectAgreement(network, ["x": tensors.uniform([2, 6, 5])], taps: ["y", "h", "scores"])
  }

  static let cases: [OperationCase] = {
    let cells: [RecurrentCell] = [
      .simple, .lstm(), .lstm(couplesGates: true), .gru(resetAfter: false), .gru(resetAfter: true),
    ]
    return cells.flatMap { cell in
      [false, true].flatMap { isReversed in
        [0, 1].flatMap { axis in
          [
            recurrent("all", cell) { layer(cell, isReversed: isReversed, sequenceAxis: axis) },
            recurrent("some steps", cell) {
              layer(cell, isReversed: isReversed, sequenceAxis: axis, stepCount: 2)
            },
          ]
        }
      }
        + [
          recurrent("first states", cell, states: [4, 4]) { layer(cell) },
          recurrent("one first state for all", cell, states: [1, 1]) { layer(cell) },
          recurrent("without biases", cell) { layer(cell, hasBiases: false) },
          recurrent("clipped", cell) { layer(cell, clip: 0.4) },
          recurrent("of scaled activations", cell) {
            layer(
              cell,
              activations: [
                .init(.hardSigmoid(alpha: 0.3, beta: 0.4)),
                .init(.tanh, inputScale: 0.7, outputScale: 1.3),
                .init(.linear, inputScale: 0.6, offset: 0.2),
              ])
          },
          OperationCase("\(cell) of many units", [3, 7, 300], outputs: outputs(cell)) { _ in
            layer(cell, inputs: 300, units: 70)
          },
        ]
    } + [
      recurrent("with peepholes", .lstm()) { layer(.lstm(), hasPeepholes: true) },
      recurrent("with peepholes, coupled", .lstm(couplesGates: true)) {
        layer(.lstm(couplesGates: true), hasPeepholes: true)
      },
    ]
  }()

  private static func outputs(_ cell: RecurrentCell) -> Int {
    if case .lstm = cell { 3 } else { 2 }
  }

  private static func recurrent(
    _ name: String, _ cell: RecurrentCell, states: [Int] = [],
    _ layer: @escaping @Sendable () -> Recurrence
  ) -> OperationCase {
    var result = OperationCase("\(cell) \(name)", [4, 4, 3], outputs: outputs(cell)) { _ in
      layer()
    }
    // First states come after the sequence; only an LSTM has a cell beside them.
    let rows = states.prefix(outputs(cell) - 1)
    result.inputs += rows.map { [$0, 5] }
    return result
  }

  static func layer(
    _ cell: RecurrentCell, inputs: Int = 3, units: Int = 5, hasBiases: Bool = true,
    hasPeepholes: Bool = false, activations: [RecurrentActivation]? = nil, clip: Float? = nil,
    isReversed: Bool = false, sequenceAxis: Int = 1, stepCount: Int? = nil
  ) -> Recurrence {
    let rows = cell.gates.count * units
    let reach = 1 / Double(inputs + units).squareRoot()
    return Recurrence(
      cell, inputWeights: .weights([rows, inputs], seed: 1, in: -2 * reach...2 * reach),
      recurrentWeights: .weights([rows, units], seed: 2, in: -2 * reach...2 * reach),
      inputBias: hasBiases ? .weights([rows], seed: 3) : nil,
      recurrentBias: hasBiases ? .weights([rows], seed: 4) : nil,
      peepholes: hasPeepholes ? .weights([3, units], seed: 5) : nil,
      activations: activations.map { Array($0.prefix(cell.activations.count)) }, clip: clip,
      isReversed: isReversed, sequenceAxis: sequenceAxis, stepCount: stepCount)
  }

  /// Protects weights of other frameworks: an order of gates only says where each one's lie.
  @Test func takesGatesInAnyOrder() {
    let rows = Tensor(shape: [4, 1], elements: [1, 2, 3, 4])
    let layer = Recurrence(
      .lstm(), gates: [.input, .output, .forget, .cell], inputWeights: rows,
      recurrentWeights: rows, inputBias: rows.reshaped(to: [4]),
      peepholes: Tensor(shape: [3], elements: [1, 2, 3]))
    #expect(layer.inputWeights.elements == [1, 3, 4, 2])
    #expect(layer.recurrentWeights.elements == [1, 3, 4, 2])
    #expect(layer.inputBias?.elements == [1, 3, 4, 2])
    #expect(layer.peepholes?.elements == [1, 3, 2])
  }

  /// Protects against layers that cannot be: each breaks one rule.
  @Test(arguments: [
    (layer(.lstm()), [4, 4, 2]), (layer(.lstm(), stepCount: 5), [4, 4, 3]),
    (layer(.gru(resetAfter: true), hasPeepholes: true), [4, 4, 3]),
    (layer(.simple, clip: -1), [4, 4, 3]),
    (layer(.simple, activations: [.init(.softmax)]), [4, 4, 3]), (layer(.simple), [4, 3]),
  ])
  func refusesWhatIsNoLayer(_ layer: Recurrence, input: [Int]) {
    #expect(throws: VisualizationError.self) {
      let outputs = Self.outputs(layer.cell)
      let network = try NeuralNetwork(
        layout: .channelsLast, inputs: [NetworkInput("x", shape: input, channelAxis: nil)],
        layers: [
          Layer("y", layer, inputs: ["x"], outputs: (0..<outputs).map { "y\($0)" })
        ], outputs: [])
      _ = try Program(network, inputShapes: ["x": input], taps: ["y0"] as [LayerID])
    }
  }
}
