import ConvolutionalNetworks
import EmbeddedNetworks
import FeatureVisualization
import Testing

@Suite("AppleCounter") struct AppleCounterTests {
  /// Protects what the documentation promises: one number, near 0 for a picture of nothing.
  @Test func countsNothingInAnEmptyScene() throws {
    let network = try NeuralNetwork.appleCounter()
    let grey = Tensor(shape: [1, 96, 96, 3], repeating: 0.6)
    let count = try network.evaluate(grey, at: "count")
    #expect(count.shape == [1, 1])
    #expect(abs(count.elements[0]) < 0.5)
  }

  /// Protects "more apples" from noise by keras-vis' recipe, whose regularizers outweigh the counter: the count moves, or
  /// a warning says why it did not.
  @Test func saysWhyNoiseGetsNoApples() throws {
    let visualization = try NeuralNetwork.appleCounter().visualizeActivation(
      of: "count", units: [0], preset: .kerasVis, iterations: 60)
    let start = visualization.history[0].objectives[0]
    let isTold = visualization.warnings.contains {
      if case .objectiveNotImproved(0, _, _, regularized: true) = $0 { true } else { false }
    }
    #expect(isTold || visualization.scores[0] > start + 0.5, "\(visualization.warnings)")
  }
}
