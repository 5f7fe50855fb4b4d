import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Protects losses that look at one position: they say so, and the pictures are those of a network computed whole.
@Suite struct PositionsReadTests {
  private typealias Silent = UnitsReadTests.Silent

  @Test(
    arguments: ["conv1", "conv2"] as [LayerID],
    [.center, .cell(row: 0, column: 6), .cell(row: 4, column: 3)] as [MapPosition])
  func onePosition(layer: LayerID, position: MapPosition) throws {
    let loss = ActivationMaximization(layer: layer, units: [3], at: position)
    #expect(loss.subjects == [.layer(layer, units: [3], positions: [position])])
    try expectSame([1 * loss], [1 * Silent(loss: loss)])
    let all = ActivationMaximization(layer: layer, at: position)
    try expectSame([1 * all], [1 * Silent(loss: all)])
  }

  /// Protects losses that share a layer, each of which finds its position and its units.
  @Test func lossesOfOneLayer() throws {
    let first = ActivationMaximization(layer: "conv2", units: [1], at: .cell(row: 1, column: 2))
    let second = ActivationMaximization(
      layer: "conv2", eachOf: [[0], [3]], at: .cell(row: 3, column: 1))
    let mean = ActivationMaximization(layer: "conv2", units: [2])
    let squares = SumOfSquares(layer: "conv2")
    try expectSame(
      2 * first + -0.5 * second, 2 * Silent(loss: first) + -0.5 * Silent(loss: second),
      seeds: [1, 2])
    try expectSame(1 * first + 1 * mean, 1 * Silent(loss: first) + 1 * Silent(loss: mean))
    try expectSame(1 * first + 0.1 * squares, 1 * Silent(loss: first) + 0.1 * squares)
  }

  /// Protects the value: the activation there, no mean, and the centre as lucid counts it.
  @Test func value() throws {
    let network = try SmoothNetwork.unit.make()
    for (position, cell) in [
      (.center, (3, 3)), (.cell(row: 2, column: 5), (2, 5)),
    ] as [(MapPosition, (Int, Int))] {
      let drawn = try network.visualizeActivation(
        of: "conv2", units: [1, 2], at: position, preset: .smallSteps(3), seed: 4)
      let map = try network.evaluate(drawn.pictures, at: "conv2")
      let sum = map[0, cell.0, cell.1, 1] + map[0, cell.0, cell.1, 2]
      #expect(abs(sum - drawn.scores[0]) < 1e-5)
    }
  }

  /// Protects pixels that no neuron sees: they stay what they were.
  @Test func onlyTheReceptiveFieldChanges() throws {
    let network = try SmoothNetwork.unit.make()
    let start = Tensor(shape: [1, 14, 14, 3], repeating: 0.5)
    let drawn = try network.visualizeActivation(
      of: "conv2", units: [1], at: .cell(row: 2, column: 5),
      preset: .smallSteps(3).with(\.start, .picture(start)))
    for row in 0..<14 {
      for column in 0..<14 {
        // 3×3 in steps of 2 over 3×3: five pixels a side round twice the position.
        let isSeen = (2...6).contains(row) && (8...12).contains(column)
        for channel in 0..<3 {
          #expect((drawn.pictures[0, row, column, channel] != 0.5) == isSeen)
        }
      }
    }
  }

  @Test(arguments: [
    ActivationMaximization(layer: "a", units: [1], at: .center),
    ActivationMaximization(layer: "a", eachOf: [[1], [0, 2]], at: .cell(row: 4, column: 0)),
  ])
  func gradient(loss: ActivationMaximization) throws {
    try GradientCheck.check(loss, shapes: [[2, 5, 7, 3]])
    try GradientCheck.check(loss, shapes: [[2, 5, 3]])
  }

  /// Protects against positions that are not there, or layers that have none; the numbers are named.
  @Test func refusesPositionsThatAreNotThere() throws {
    let network = try SmoothNetwork.unit.make()
    let error = VisualizationError.positionOutOfRange(
      row: 7, column: 0, layer: "conv2", height: 7, width: 7)
    #expect(
      error.description == "layer 'conv2' has rows 0 to 6 and columns 0 to 6, no position 7,0")
    #expect(throws: error) {
      try network.visualizeActivation(of: "conv2", units: [0], at: .cell(row: 7, column: 0))
    }
    #expect(throws: VisualizationError.noPositions(layer: "dense", shape: [1, 5])) {
      try network.visualizeActivation(of: "dense", units: [0], at: .center)
    }
    let loss = ActivationMaximization(layer: "a", at: .cell(row: 0, column: -1))
    #expect(throws: VisualizationError.self) { try loss.validate([[1, 4, 4, 2]]) }
  }

  /// Protects against silence: a loss that reads more than it says is not finite.
  @Test func positionsThatAreNotReadAreNaN() throws {
    struct Liar: Loss {
      var name: String { "Liar" }
      var subjects: [LossSubject] { [.layer("conv2", positions: [.center])] }
      func values(_ tensors: TappedTensors) -> [Float] { tensors[0].mapPictures { $0[0] } }
      func addGradients(
        of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
      ) {}
    }
    #expect(throws: VisualizationError.neverFinite(reason: "Liar is NaN")) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        [1 * Liar()], preset: .smallSteps(2))
    }
  }
}
