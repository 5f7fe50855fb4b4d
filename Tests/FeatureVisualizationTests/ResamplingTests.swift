import FeatureVisualization
import Testing

/// Where rotated, scaled, padded and cropped pictures lie, in numbers worked out by hand.
struct ResamplingTests {
  private func draw(_ modifier: some InputModifier, _ size: PictureSize) throws
    -> any PictureTransformation
  {
    var generator = SeededGenerator(seed: 1)
    return try #require(modifier.draw(for: size, using: &generator))
  }

  @Test func `a quarter turn moves every pixel to its place`() throws {
    let size = PictureSize(height: 3, width: 3, channels: 1)
    let turned = try draw(.randomRotation(degrees: [90]), size).transformed([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    #expect(largestDifference(turned, [7, 4, 1, 8, 5, 2, 9, 6, 3]) < 1e-4)
  }

  @Test func `a turned picture keeps its centre and shows grey in its corners`() throws {
    let size = PictureSize(height: 9, width: 9, channels: 1)
    let turned = try draw(RandomRotation(degrees: [45], brightness: 0.25), size).transformed(
      Array(repeating: 1, count: 81))
    #expect(turned[40] == 1 && abs(turned[4] - 1) < 1e-5)
    for corner in [0, 8, 72, 80] { #expect(turned[corner] == 0.25) }
  }

  @Test func `an angle of 0 is no transformation`() {
    var generator = SeededGenerator(seed: 1)
    let none = RandomRotation(degrees: [0]).draw(
      for: PictureSize(height: 4, width: 4), using: &generator)
    #expect(none == nil)
    #expect(!RandomRotation(degrees: [3]).isRandom && RandomRotation(degrees: [3, 4]).isRandom)
  }

  @Test func `scaling keeps centres of pixels corresponding`() throws {
    // A ramp of slope 1 along x: at column c of the larger picture stands (c + ½) / 2 − ½, held at the edges.
    let size = PictureSize(height: 2, width: 4, channels: 1)
    let scaled = try draw(.randomScale([2]), size)
    #expect(scaled.outputSize == PictureSize(height: 4, width: 8, channels: 1))
    let row: [Float] = [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]
    #expect(
      largestDifference(scaled.transformed([0, 1, 2, 3, 0, 1, 2, 3]), row + row + row + row) < 1e-6)
  }

  @Test func `a factor of 1 is no transformation, and none shrinks a picture to nothing`() throws {
    var generator = SeededGenerator(seed: 1)
    let size = PictureSize(height: 4, width: 4)
    #expect(RandomScale([1]).draw(for: size, using: &generator) == nil)
    #expect(
      try draw(.randomScale([0.01]), size).outputSize == PictureSize(height: 1, width: 1))
  }

  @Test func `padding frames the picture in grey`() throws {
    let size = PictureSize(height: 1, width: 2, channels: 1)
    let padded = try draw(.padding(1, brightness: 0.3), size)
    #expect(padded.outputSize == PictureSize(height: 3, width: 4, channels: 1))
    #expect(
      padded.transformed([8, 9]) == [0.3, 0.3, 0.3, 0.3, 0.3, 8, 9, 0.3, 0.3, 0.3, 0.3, 0.3])
  }

  @Test(arguments: [(5, 8), (8, 5), (6, 8), (8, 6), (7, 7)])
  func `cropping round the centre after padding round the centre changes nothing`(
    inner: Int, outer: Int
  ) {
    let size = PictureSize(height: inner, width: inner, channels: 1)
    let there = Translation.centered(size, height: outer, width: outer)
    let back = Translation.centered(there.outputSize, height: inner, width: inner)
    #expect(there.top == -back.top && there.left == -back.left)
  }

  @Test func `transformations of odd sizes in a row end at the network's size`() throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "dense", units: [1])], preset: .lucid,
      inputModifiers: [
        .padding(3), .randomCrop(5), .randomScale([0.5, 0.77, 1.31]),
        .randomRotation(degrees: [-40, 33]), .jitter(2),
      ], iterations: 12)
    #expect(visualization.history.count == 12 && visualization.warnings.isEmpty)
    #expect(visualization.pictures.shape == [1, 14, 14, 3])
    let clean = try SmoothNetwork.unit.make().evaluate(visualization.pictures, at: "dense")
    #expect(abs(clean[0, 1] - visualization.scores[0]) < 1e-4)
  }
}
