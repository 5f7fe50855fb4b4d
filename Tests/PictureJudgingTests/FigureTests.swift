import Foundation
import PictureJudging
import Testing

@Suite("Figures of pictures")
struct FigureTests {
  /// A picture whose waves have a power of `1 / f^exponent` and random phases.
  private func picture(exponent: Double, height: Int, width: Int, channels: Int) -> Tensor {
    var generator = SeededGenerator(seed: 4)
    var plane = [Double](repeating: 0, count: height * width)
    // More waves would take longer and show no more.
    for y in -20...20 {
      for x in 0...20 where x > 0 || y > 0 {
        let frequency =
          (pow(Double(y) / Double(height), 2) + pow(Double(x) / Double(width), 2)).squareRoot()
        let (size, phase) = (pow(frequency, -exponent / 2), 2 * Double.pi * generator.uniform())
        for index in plane.indices {
          let (row, column) = (Double(index / width), Double(index % width))
          plane[index] +=
            size
            * cos(
              2 * .pi * (Double(y) * row / Double(height) + Double(x) * column / Double(width))
                + phase)
        }
      }
    }
    let largest = plane.map(abs).max() ?? 1
    return Tensor(
      shape: [1, height, width, channels],
      elements: plane.flatMap { value in
        (0..<channels).map { _ in Float(0.5 + 0.4 * value / largest) }
      })
  }

  @Test(
    "the slope is that of the waves a picture is made of, whatever its size and channels",
    arguments: [(0.0, 40, 40, 1), (1, 40, 40, 3), (2, 40, 40, 3), (2, 40, 56, 1), (3, 40, 40, 3)])
  func slope(exponent: Double, height: Int, width: Int, channels: Int) throws {
    let picture = picture(exponent: exponent, height: height, width: width, channels: channels)
    let found = try #require(try SpectrumSlope(of: picture)).exponent
    #expect(abs(Double(found) - exponent) < 0.25, "\(found)")
  }

  @Test("a picture of one colour and a tiny one have no slope, and what is no picture is refused")
  func noSlope() throws {
    #expect(try SpectrumSlope(of: ColorNetwork.picture([0.2, 0.4, 0.6])) == nil)
    #expect(try SpectrumSlope(of: ColorNetwork.noise([1, 11, 40, 3], seed: 1)) == nil)
    #expect(throws: JudgingError.self) { try SpectrumSlope(of: Tensor(shape: [1, 20, 20, 2])) }
    #expect(throws: JudgingError.self) {
      try SpectrumSlope(of: Tensor(shape: [1, 20, 20, 1], repeating: .infinity))
    }
  }

  @Test("distances are 1 − cos, and undefined where features are 0 or not as many")
  func distances() {
    #expect(abs((FeatureDistance.between([1, 2, 2], [2, 4, 4]) ?? 9)) < 1e-6)
    #expect(FeatureDistance.between([1, 0], [0, 3]) == 1)
    #expect(FeatureDistance.between([1, 0], [-1, 0]) == 2)
    #expect(FeatureDistance.between([1, 0], [0, 0]) == nil)
    #expect(FeatureDistance.between([1, 0], [1]) == nil)
    #expect(FeatureDistance.meanOfPairs([[1, 0], [0, 1], [-1, 0]]) == Float(4.0 / 3))
    #expect(FeatureDistance.meanOfPairs([[1, 0]]) == nil)
  }

  @Test("the nearest picture is the first of the nearest ones that passed by")
  func nearest() {
    var nearest = NearestPictures(to: [[1, 0], [0, 1], []])
    for (name, features) in [("a", [1, 1]), ("b", [0, 2]), ("c", [0, 1]), ("d", [0, 0])] {
      nearest.add(features.map(Float.init), named: name)
    }
    #expect(nearest.neighbours.map { $0?.name } == ["a", "b", nil])
    #expect(nearest.neighbours[1]?.distance == 0)
  }

  @Test("fresh draws score a picture as the transformations show it, the same for a seed")
  func draws() throws {
    let network = try ColorNetwork.make()
    let red = ActivationMaximization(layer: "logits", units: 0)
    let plain = Preset.erhan
    var recipe = plain
    let picture = ColorNetwork.noise([1, 16, 16, 3], seed: 2)
    let still = try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: recipe, draws: 4)
    #expect(still.mean == still.score && still.deviation == 0 && still.draws == 4)

    recipe.inputModifiers = [.noise(0.3)]
    let noisy = try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: recipe, seed: 5)
    #expect(noisy.score == still.score && noisy.draws == 32)
    #expect(noisy.deviation > 0 && abs(noisy.mean - still.score) < 0.5)
    #expect(
      try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: recipe, seed: 5) == noisy)
    #expect(
      try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: recipe, seed: 6) != noisy)

    // The last stage's transformations count.
    var first = recipe
    first.stages = [plain]
    #expect(
      try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: first, draws: 4) == still)
    #expect(throws: VisualizationError.self) {
      try ScoreUnderDraws(of: picture, for: red, in: network, drawnBy: recipe, draws: 0)
    }
    #expect(throws: VisualizationError.self) {
      try ScoreUnderDraws(
        of: Tensor(shape: [2, 16, 16, 3]), for: red, in: network, drawnBy: recipe)
    }
  }
}
