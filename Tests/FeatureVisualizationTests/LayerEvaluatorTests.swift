import FeatureVisualization
import Testing

/// Protects layers of many pictures from their batch: each is what the picture alone would give.
@Suite("An evaluator of layers") struct LayerEvaluatorTests {
  private func network() throws -> NeuralNetwork {
    try NeuralNetwork.sequential(
      .picture(height: 9, width: 7, name: "picture"), seed: 3,
      [
        .convolution(6, kernel: 3, activation: .relu, name: "a"),
        .convolution(5, kernel: 3, stride: 2, activation: .tanh, name: "b"),
        .flatten, .dense(4, name: "c"),
      ])
  }

  private func picture(_ index: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: index)
    return Tensor(
      shape: [1, 9, 7, 3], elements: (0..<9 * 7 * 3).map { _ in Float(generator.uniform()) })
  }

  /// Protects numbers, places that keep their picture, and taps of some units.
  @Test func agreesWithSinglePictures() throws {
    let network = try network()
    let evaluator = try LayerEvaluator(
      network, layers: [TapRequest("b"), TapRequest("c", units: [2])], count: 3)
    #expect(evaluator.size == PictureSize(height: 9, width: 7) && evaluator.pictureCount == 3)
    for index in 0..<3 { try evaluator.setPicture(index, to: picture(UInt64(index))) }
    evaluator.forward()
    try evaluator.setPicture(1, to: picture(9))
    evaluator.forward()
    for (row, seed) in [0, 9, 2].enumerated() {
      let alone = try network.evaluate(picture(UInt64(seed)), at: ["b", "c"])
      #expect(evaluator.output(0).picture(row) == alone[0])
      let units = evaluator.layers[1].units ?? Array(0..<4)
      #expect(evaluator.output(1)[row, units.firstIndex(of: 2) ?? 0] == alone[1][0, 2])
    }
  }

  /// Protects against pictures of another size and layers whose rows are no pictures.
  @Test func refuses() throws {
    let evaluator = try LayerEvaluator(network(), layers: [TapRequest("c")])
    #expect(throws: VisualizationError.self) {
      try evaluator.setPicture(0, to: Tensor(shape: [1, 7, 9, 3]))
    }
    #expect(throws: VisualizationError.self) {
      try evaluator.setPicture(0, to: Tensor(shape: [1, 9, 7, 3], repeating: 3))
    }
    #expect(throws: VisualizationError.invalidArgument("count", "0 is not positive")) {
      try LayerEvaluator(network(), layers: [TapRequest("c")], count: 0)
    }
    #expect(throws: VisualizationError.self) {
      try LayerEvaluator(network(), layers: [TapRequest("nowhere")])
    }
  }
}
