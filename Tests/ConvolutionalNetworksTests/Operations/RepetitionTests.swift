import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects repetitions along every axis, whose gradients are sums.
@Suite struct RepetitionTests {
  @Test(arguments: TensorLayout.both)
  func tiles(layout: TensorLayout) throws {
    // Along [N, H, W, C].
    let repeats = [[1, 1, 1, 1], [2, 1, 1, 1], [1, 3, 2, 1], [1, 1, 1, 4], [2, 2, 3, 2]]
    for counts in repeats {
      for shape in [[2, 3, 4, 5], [1, 1, 4, 1], [2, 3, 1, 5]] {
        try OperationCase("\(counts)", shape) { layout in
          Tile(
            repeats: .constant(layout == .channelsFirst ? [0, 3, 1, 2].map { counts[$0] } : counts))
        }.check(layout)
      }
    }
    try OperationCase("row", [7]) { _ in Tile(repeats: .constant([3])) }.check(layout)
  }

  @Test(arguments: TensorLayout.both)
  func expands(layout: TensorLayout) throws {
    let channels = layout == .channelsFirst ? [1, 5, 1, 1] : [1, 1, 1, 5]
    let whole = layout == .channelsFirst ? [2, 5, 3, 4] : [2, 3, 4, 5]
    for shape in [[2, 1, 1, 5], [1, 3, 1, 5], [2, 3, 4, 5], [1, 1, 1, 1]] {
      for target in [whole, channels, [1], []] {
        try OperationCase("to \(target)", shape) { _ in Expand(to: .constant(target)) }
          .check(layout)
      }
    }
    // Rows get axes before the first, which a feature map's arrangement does not have.
    try OperationCase("row", [4]) { _ in Expand(to: .constant([2, 3, 1, 4])) }.check(layout)
    try OperationCase("column", [3, 1]) { _ in Expand(to: .constant([2, 1, 4])) }.check(layout)
  }

  /// Protects repetitions that depend on the size of a value which the taps do not need otherwise.
  @Test func expandsToTheShapeOfAnother() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [.map("x", [2, 3, 4, 5], .channelsFirst), .map("y", [2, 1, 1, 5], .channelsFirst)],
      layers: [
        Layer("relu", Activation(.relu), inputs: ["x"]),
        Layer("z", Expand(to: .shape(of: "relu", start: 0, end: nil)), inputs: ["y"]),
        Layer("tiles", Tile(repeats: .shape(of: "relu", start: 0, end: nil)), inputs: ["y"]),
      ], outputs: ["z"])
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(
      network, ["x": tensors.uniform([2, 3, 4, 5]), "y": tensors.uniform([2, 1, 1, 5])],
      taps: ["z", "tiles"])
  }

  /// Protects against more than can be, and against nothing.
  @Test(arguments: [[0, 1], [-1, 1], [1], [1 << 40, 1 << 40], [1 << 24, 1 << 24]])
  func refusesImpossibleRepetitions(repeats: [Int]) throws {
    let tile = OperationCase("tile", [2, 3]) { _ in Tile(repeats: .constant(repeats)) }
    #expect(throws: VisualizationError.self) { try tile.check(.channelsLast) }
    guard repeats.count > 1 else { return }
    let expand = OperationCase("expand", [1, 1]) { _ in Expand(to: .constant(repeats)) }
    #expect(throws: VisualizationError.self) { try expand.check(.channelsLast) }
  }
}
