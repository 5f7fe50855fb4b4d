import FeatureVisualization
import Testing

/// How pixels beyond black and white are shown, and that the score is that of the picture shown.
struct PictureDisplayTests {
  private let size = PictureSize(height: 14, width: 14)

  /// Pixels of −1…1 that start as a given picture, which may leave its range.
  private struct Given: Parameterization, PictureDecoder {
    let picture: [Float]
    var name: String { "Given" }
    var pixelSpace: PixelSpace? { .symmetric }
    var keepsRange: Bool { false }
    func makeDecoder(for context: DecoderContext) -> any PictureDecoder { self }

    var parameterCount: Int { picture.count }
    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      picture.map { 2 * $0 - 1 }
    }
    func parameters(decodingTo picture: [Float]) -> [Float]? { picture.map { 2 * $0 - 1 } }
    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      for i in picture.indices { picture[i] = (parameters[i] + 1) / 2 }
    }
    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      for i in pictureGradient.indices { parameterGradient[i] = pictureGradient[i] / 2 }
    }
  }

  /// A picture as a recipe that does not move it shows it.
  private func shown(_ picture: [Float], _ display: PictureDisplay) throws -> [Float] {
    var preset = Preset(
      name: "still", parameterization: Given(picture: picture),
      optimizer: GradientDescent(.constant(1e-12)), iterations: 1)
    preset.display = display
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivation(
      of: "dense", units: [1], preset: preset)
    let score = try network.evaluate(visualization.pictures, at: "dense")[0, 1]
    #expect(abs(score - visualization.scores[0]) < 1e-4)
    return visualization.pictures.elements
  }

  private func ramp(_ range: ClosedRange<Float>) -> [Float] {
    let step = (range.upperBound - range.lowerBound) / Float(size.count - 1)
    return (0..<size.count).map { range.lowerBound + Float($0) * step }
  }

  @Test func `clipped cuts at black and white and moves nothing else`() throws {
    let picture = ramp(-0.5...1.5)
    let expected = picture.map { min(max($0, 0), 1) }
    #expect(largestDifference(try shown(picture, .clipped), expected) < 1e-5)
  }

  @Test func `standardized has mean ½ and its deviation`() throws {
    let found = try shown(ramp(0.1...0.3), .standardized(deviation: 0.15))
    let mean = found.reduce(0, +) / Float(found.count)
    let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(found.count)
    #expect(abs(mean - 0.5) < 1e-3 && abs(variance.squareRoot() - 0.15) < 1e-3)
  }

  @Test func `stretched raises a low contrast to the full range and lowers none`() throws {
    let low = try shown(ramp(0.48...0.52), .stretched)
    #expect(try #require(low.min()) < 0.01 && #require(low.max()) > 0.99)
    #expect(abs(low[size.count / 2] - 0.5) < 0.01)
    let high = ramp(-2...3)
    #expect(
      largestDifference(try shown(high, .stretched), high.map { min(max($0, 0), 1) }) < 1e-5)
  }

  @Test func `a flat picture can be shown in every way`() throws {
    for display in [.clipped, .stretched, .standardized(deviation: 0.15)] as [PictureDisplay] {
      let found = try shown(Array(repeating: 0.5, count: size.count), display)
      #expect(found.allSatisfy { abs($0 - 0.5) < 1e-3 })
    }
  }
}
