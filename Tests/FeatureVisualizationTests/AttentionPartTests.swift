import FeatureVisualizationTestSupport
import Testing

@testable import FeatureVisualization

/// Protects parts of layers of attention: a head, wherever it lies, and a range of tokens are what is raised.
@Suite struct AttentionPartTests {
  /// Sixteen patches of a picture of 16×16 as tokens of 8 channels, behind a class token, and attention by two heads.
  private static func network() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 9)
    func weights(_ shape: [Int]) -> Tensor { Tensor(random.uniform(shape, in: -0.5...0.5)) }
    func heads(_ name: String, _ order: [Int]) -> [Layer] {
      [
        Layer("\(name)/all", Dense(weights: weights([8, 8])), inputs: ["tokens"]),
        Layer("\(name)/split", Reshape(to: [0, 0, 2, 4]), inputs: ["\(name)/all"]),
        Layer(name, Transpose(order), inputs: ["\(name)/split"]),
      ]
    }
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "x", shape: [nil, 3, 16, 16], channelAxis: 1, specification: try InputSpecification())
      ],
      layers: [
        Layer(
          "patches", Convolution(weights: weights([8, 4, 4, 3]), stride: [4, 4]), inputs: ["x"]),
        Layer("lines", Reshape(to: [0, 8, -1]), inputs: ["patches"]),
        Layer("patch tokens", Transpose([0, 2, 1]), inputs: ["lines"]),
        Layer("mean", Reduction(.mean, axes: [1], keepsAxes: true), inputs: ["patch tokens"]),
        Layer("tokens", Concatenation(axis: 1), inputs: ["mean", "patch tokens"]),
      ] + heads("queries", [0, 2, 1, 3]) + heads("keys", [0, 2, 3, 1])
        + heads("values", [0, 2, 1, 3]) + [
          Layer("scores", MatrixMultiplication(), inputs: ["queries", "keys"]),
          Layer("probabilities", Activation(.softmax(axis: -1)), inputs: ["scores"]),
          Layer("heads", MatrixMultiplication(), inputs: ["probabilities", "values"]),
          Layer("turned", Transpose([0, 2, 1, 3]), inputs: ["heads"]),
          Layer("attention", Reshape(to: [0, 0, -1]), inputs: ["turned"]),
        ], outputs: ["attention"])
  }

  /// A part of a layer, and the elements whose mean over positions is raised.
  private struct Case: CustomTestStringConvertible {
    let layer: LayerID
    let units: [UnitID]
    let part: AttentionPart
    /// The places along the axes behind the pictures; units last.
    let places: [Range<Int>]

    var testDescription: String { "\(layer), \(part)" }
  }

  private static let cases = [
    Case(layer: "attention", units: [5], part: .tokens(1...), places: [1..<17, 5..<6]),
    Case(layer: "attention", units: [5], part: .tokens(..<1), places: [0..<1, 5..<6]),
    Case(layer: "attention", units: [2], part: .head(1, of: 2), places: [0..<17, 6..<7]),
    Case(
      layer: "attention", units: [], part: .head(0, of: 2).tokens(3...4), places: [3..<5, 0..<4]),
    Case(
      layer: "attention", units: [], part: .tokens(2..<9).head(3, of: 4), places: [2..<9, 6..<8]),
    Case(layer: "heads", units: [3], part: .head(1), places: [1..<2, 0..<17, 3..<4]),
    Case(
      layer: "probabilities", units: [5], part: .head(1).tokens(0..<1),
      places: [1..<2, 0..<1, 5..<6]),
    Case(layer: "probabilities", units: [0], part: .tokens(1...), places: [0..<2, 1..<17, 0..<1]),
  ]

  /// Protects what is counted: the score is the mean of the very numbers named.
  @Test(arguments: cases) private func `score is the mean over the part`(_ test: Case) throws {
    let network = try Self.network()
    let drawn = try network.visualizeActivation(
      of: test.layer, units: test.units, in: test.part, preset: .smallSteps(3), seed: 2)
    let map = try network.evaluate(drawn.pictures, at: test.layer)
    var indices: [[Int]] = [[0]]
    for places in test.places { indices = indices.flatMap { index in places.map { index + [$0] } } }
    let sum = indices.reduce(0) { sum, index in
      let offset = zip(index, map.shape).reduce(0) { $0 * $1.1 + $1.0 }
      return sum + Double(map.elements[offset])
    }
    let positions = test.places.dropLast().reduce(1) { $0 * $1.count }
    #expect(abs(sum / Double(positions) - Double(drawn.scores[0])) < 1e-5)
  }

  @Test(
    arguments: [
      (.tokens(1...), [2, 5, 4]), (.head(1, of: 2), [2, 5, 4]),
      (.head(0, of: 4).tokens(2..<4), [1, 5, 8]),
      (.head(1), [2, 3, 5, 4]), (.head(2).tokens(..<2), [1, 3, 5, 4]), (.head(1, of: 2), [3, 6]),
    ] as [(AttentionPart, [Int])])
  func `parts have the right gradient`(part: AttentionPart, shape: [Int]) throws {
    try GradientCheck.check(ActivationMaximization(layer: "a", in: part), shapes: [shape])
    try GradientCheck.check(
      ActivationMaximization(layer: "a", units: [1], in: part), shapes: [shape])
  }

  /// Protects against parts that a layer does not have, and what they exclude.
  @Test func `parts that are not there are refused`() throws {
    let network = try Self.network()
    func failure(_ layer: LayerID, _ part: AttentionPart, units: [UnitID] = []) -> String {
      let error = #expect(throws: VisualizationError.self) {
        try network.visualizeActivation(of: layer, units: units, in: part, preset: .smallSteps(1))
      }
      return error.map { "\($0)" } ?? ""
    }
    #expect(failure("attention", .tokens(1..<18)).contains("tokens 0 to 16"))
    #expect(failure("attention", .tokens(17...)).contains("17..."))
    #expect(failure("attention", .tokens(-1..<2)).contains("-1..<2"))
    #expect(failure("attention", .head(2, of: 2)).contains("heads 0 to 1, no head 2"))
    #expect(failure("attention", .head(0, of: 3)).contains("not those of 3 heads"))
    #expect(failure("attention", .head(0, of: 0)).contains("not those of 0 heads"))
    #expect(failure("attention", .head(0)).contains("no axis of heads"))
    #expect(failure("heads", .head(2)).contains("heads 0 to 1, no head 2"))
    #expect(failure("attention", .head(0, of: 2), units: [4]).contains("units 0 to 3, not 4"))
    let both = ActivationMaximization(layer: "heads", at: .center, in: .head(0))
    let border = ActivationMaximization(layer: "heads", in: .head(0), border: 1)
    for loss in [both, border] {
      #expect(throws: VisualizationError.self) {
        try network.visualizeActivationWithLosses(loss, preset: .smallSteps(1))
      }
    }
  }
}
