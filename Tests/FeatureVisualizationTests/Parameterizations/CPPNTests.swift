import FeatureVisualization
import Testing

/// A picture without a resolution: its weights are optimised small and decoded large.
struct CPPNTests {
  private func recipe(_ parameterization: CPPN, _ iterations: Int) -> Preset {
    Preset(
      name: "cppn", parameterization: parameterization, optimizer: Adam(learningRate: 0.01),
      iterations: iterations)
  }

  @Test func `the start is grey, of 24 by 8 layers`() throws {
    let size = PictureSize(height: 5, width: 9)
    let decoder = try CPPN().decoder(size)
    #expect(decoder.parameterCount == 3 * 49 + 24 * 3 + 7 * 24 * 49)
    #expect(decoder.sharedParameterCount == 0)
    var generator = SeededGenerator(seed: 1)
    let parameters = decoder.initialParameters(using: &generator)
    #expect(decoder.decoded(parameters, size) == Array(repeating: 0.5, count: size.count))
    // Weights of variance 1 / 48 and biases of deviation 0.1.
    let last = parameters.suffix(6 * 24 * 49)
    let biases = stride(from: last.startIndex + 48, to: last.endIndex, by: 49).map { last[$0] }
    let biasSquares = biases.reduce(0) { $0 + $1 * $1 }
    let squares = last.reduce(0) { $0 + $1 * $1 } - biasSquares
    #expect(abs(squares / Float(last.count - biases.count) * 48 - 1) < 0.05)
    #expect(abs((biasSquares / Float(biases.count)).squareRoot() - 0.1) < 0.02)
  }

  /// Protects the use of it: pixels of the small picture are those of the large one at the same places.
  @Test func `what was drawn small is decoded at any size`() throws {
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", units: [1]), preset: recipe(CPPN(hiddenLayers: 3), 8))
    #expect(drawn.scores[0] > drawn.history[0].objectives[0])
    let large = try drawn.parameters.pictures(height: 42, width: 42)
    for y in 0..<14 {
      for x in 0..<14 {
        for channel in 0..<3 {
          let same = large[0, 3 * y + 1, 3 * x + 1, channel]
          #expect(abs(drawn.pictures[0, y, x, channel] - same) < 1e-5)
        }
      }
    }
    #expect(Set(large.elements).count > 1000)
    // Along a shorter side it shows the middle.
    let wide = try drawn.parameters.pictures(height: 14, width: 42)
    for x in 0..<42 { #expect(abs(wide[0, 7, x, 1] - large[0, 21, x, 1]) < 1e-5) }
  }

  @Test func `hidden layers are shared by a batch, the last ones are not`() throws {
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", eachOf: [[1], [3]]),
      preset: recipe(CPPN(hiddenLayers: 3, sharesHiddenLayers: true), 5), seeds: [1, 2])
    let values = drawn.parameters.values
    let last = 3 * 49
    #expect(values[0].dropFirst(last) == values[1].dropFirst(last))
    #expect(values[0].prefix(last) != values[1].prefix(last))
    #expect(drawn.scores.reduce(0, +) > drawn.history[0].objectives.reduce(0, +))
  }
}
