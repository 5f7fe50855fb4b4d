import ConvolutionalNetworks
import EmbeddedNetworks
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
}
