import FeatureVisualization
import Testing

/// Where rotated, scaled, padded and cropped pictures lie, in numbers worked out by hand.
struct ResamplingTests {
  private func draw(_ modifier: some InputModifier, _ size: PictureSize) throws
    -> any PictureTransformation
  {
    var generator = SeededGenerator(seed: 1)
    return try #require(
      modifier.draw(
        for: size, at: Moment(iteration: 0, of: 1), using: &generator))
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
      for: PictureSize(height: 4, width: 4), at: Moment(iteration: 0, of: 1), using: &generator)
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
    #expect(
      RandomScale([1]).draw(for: size, at: Moment(iteration: 0, of: 1), using: &generator) == nil)
    #expect(
      try draw(.randomScale([0.01]), size).outputSize == PictureSize(height: 1, width: 1))
  }

  @Test func `padding frames the picture in grey`() throws {
    let size = PictureSize(height: 2, width: 2, channels: 1)
    let padded = try draw(.padding(1, brightness: 0.3), size)
    #expect(padded.outputSize == PictureSize(height: 4, width: 4, channels: 1))
    let edge = [Float](repeating: 0.3, count: 5)
    #expect(padded.transformed([6, 7, 8, 9]) == edge + [6, 7, 0.3, 0.3, 8, 9] + edge)
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

  /// By definition and in double precision: the sum over four neighbours, each inside or not.
  private func sample(
    _ picture: [Float], _ size: PictureSize, _ resampling: Resampling
  ) -> [Float] {
    let m = resampling.matrix.map { Double($0) }
    func value(_ y: Int, _ x: Int, _ channel: Int) -> Double {
      var (row, column) = (y, x)
      switch resampling.edge {
      case .clamp:
        (row, column) = (min(max(y, 0), size.height - 1), min(max(x, 0), size.width - 1))
      case .fill(let brightness):
        guard (0..<size.height).contains(y), (0..<size.width).contains(x) else {
          return Double(brightness)
        }
      }
      return Double(picture[(row * size.width + column) * size.channels + channel])
    }
    let output = resampling.outputSize
    return (0..<output.count).map { index in
      let (pixel, channel) = (index / size.channels, index % size.channels)
      let (row, column) = (Double(pixel / output.width), Double(pixel % output.width))
      let (y, x) = (m[0] * row + m[1] * column + m[2], m[3] * row + m[4] * column + m[5])
      let (top, left) = (y.rounded(.down), x.rounded(.down))
      var sum = 0.0
      for (i, wy) in [(0, 1 - (y - top)), (1, y - top)] {
        for (j, wx) in [(0, 1 - (x - left)), (1, x - left)] {
          sum += wy * wx * value(Int(top) + i, Int(left) + j, channel)
        }
      }
      return Float(sum)
    }
  }

  /// Protects the fast paths: blocks of columns, rows gathered a few at a time, one axis after the other, edges.
  @Test(
    arguments: [
      [0.9, 0.3, -6, -0.3, 0.9, 9], [0, -1, 40, 1, 0, -3], [-1.2, 0, 50, 0, -0.8, 60],
      [0.31, 0, -0.3, 0, 0.47, -0.2], [3.2, 0, 1.1, 0, 2.7, 0.9], [1, 0.02, 0.4, 0.01, 1, -500],
    ] as [[Float]], [1, 3, 4])
  func `sampling is its definition, and has the exact adjoint`(matrix: [Float], channels: Int) {
    let size = PictureSize(height: 45, width: 71, channels: channels)
    let output = PictureSize(height: 52, width: 150, channels: channels)
    var generator = SeededGenerator(seed: 3)
    let picture = (0..<size.count).map { _ in Float(generator.uniform()) }
    let weights = (0..<output.count).map { _ in Float(generator.normal()) }
    for edge in [Resampling.Edge.clamp, .fill(0.3)] {
      let resampling = Resampling(size, to: output, matrix: matrix, edge: edge)
      let found = resampling.transformed(picture)
      #expect(largestDifference(found, sample(picture, size, resampling)) < 1e-4)
      let black = resampling.transformed(picture.map { _ in 0 })
      let gradient = resampling.pulledBack(weights, count: size.count)
      var difference = 0.0
      for i in weights.indices { difference += Double(found[i] - black[i]) * Double(weights[i]) }
      for i in picture.indices { difference -= Double(picture[i]) * Double(gradient[i]) }
      #expect(abs(difference) < 1e-3)
    }
  }

  @Test func `transformations of odd sizes in a row end at the network's size`() throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "dense", units: [1])],
      preset: .lucid.with(
        \.inputModifiers,
        [
          .padding(3), .randomCrop(5), .randomScale([0.5, 0.77, 1.31]),
          .randomRotation(degrees: [-40, 33]), .jitter(2),
        ]), iterations: 12)
    #expect(visualization.history.count == 12 && visualization.warnings.isEmpty)
    #expect(visualization.pictures.shape == [1, 14, 14, 3])
    let clean = try SmoothNetwork.unit.make().evaluate(visualization.pictures, at: "dense")
    #expect(abs(clean[0, 1] - visualization.scores[0]) < 1e-4)
  }
}
