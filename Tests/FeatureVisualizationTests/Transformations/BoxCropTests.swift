import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Boxes have the sides and places that are asked for, lie inside the picture, and are shown as large as the network's
/// input; Horama's are larger than said, and Xplique's show black beyond the edge.
struct BoxCropTests {
  private let canvas = PictureSize(height: 40, width: 60)
  private let seen = PictureSize(height: 14, width: 14)

  /// The side and the centre of boxes, in shares of the picture.
  private func boxes(_ crop: BoxCrop, at moment: Moment) throws -> [(
    side: Double, y: Double, x: Double
  )] {
    var generator = SeededGenerator(seed: 2)
    return try (0..<1000).map { _ in
      let drawn = try #require(
        crop.draw(for: canvas, seenAs: seen, at: moment, using: &generator) as? Resampling)
      #expect(drawn.outputSize == seen && drawn.edge == .clamp)
      let m = drawn.matrix.map { Double($0) }
      let (height, width) = (m[0] * 14, m[4] * 14)
      #expect(abs(height / 40 - width / 60) < 1e-4)
      return (
        height / 40, (m[2] + 0.5 - m[0] / 2 + height / 2) / 40,
        (m[5] + 0.5 - m[4] / 2 + width / 2) / 60
      )
    }
  }

  @Test(arguments: [BoxCrop.Placement.uniform, .normal(deviation: 0.15)])
  func `boxes lie inside and have the sides that are drawn`(placement: BoxCrop.Placement) throws {
    let crop = BoxCrop(
      side: .normal(mean: .linear(from: 0.5, to: 0.05), deviation: 0.05), placement: placement)
    for (iteration, mean) in [(0, 0.5), (10, 0.275)] {
      let found = try boxes(crop, at: Moment(iteration: iteration, of: 21))
      #expect(abs(found.reduce(0) { $0 + $1.side } / 1000 - mean) < 0.01)
      for box in found {
        #expect((0.0499...1.0001).contains(box.side))
        for center in [box.y, box.x] {
          #expect(center > box.side / 2 - 1e-4 && center < 1 - box.side / 2 + 1e-4)
        }
      }
    }
    #expect(
      try boxes(crop, at: Moment(iteration: 20, of: 21)).contains { abs($0.side - 0.05) < 1e-5 })
  }

  @Test func `centres are normal or even`() throws {
    let moment = Moment(iteration: 0, of: 1)
    func deviation(_ placement: BoxCrop.Placement) throws -> Double {
      let found = try boxes(BoxCrop(side: .constant(0.1), placement: placement), at: moment)
      return (found.reduce(0) { $0 + ($1.y - 0.5) * ($1.y - 0.5) } / 1000).squareRoot()
    }
    #expect(abs(try deviation(.normal(deviation: 0.1)) - 0.1) < 0.01)
    // Even over a width of 0.9.
    #expect(abs(try deviation(.uniform) - 0.9 / 12.0.squareRoot()) < 0.02)
  }

  @Test func `a box of the whole picture is the picture resized`() throws {
    let crop = BoxCrop(side: .constant(1), placement: .uniform)
    let picture = canvas.noise()
    let drawn = try #require(crop.drawn(for: canvas, seenAs: seen))
    #expect(
      largestDifference(
        drawn.transformed(picture),
        Resampling.resize(canvas, height: 14, width: 14).transformed(picture)) < 1e-5)
  }

  @Test func `a run sees boxes of a larger canvas`() throws {
    var preset = Preset.smallSteps(6)
    preset.canvas = Canvas(height: 31, width: 27)
    (preset.views, preset.viewsAtOnce) = (4, 2)
    preset.inputModifiers = [
      .boxCrop(side: .uniform(0.3...0.7), placement: .uniform), .noise(0.01),
    ]
    let network = try SmoothNetwork.unit.make()
    let drawn = try network.visualizeActivation(of: "dense", units: [1], preset: preset)
    #expect(drawn.pictures.shape == [1, 31, 27, 3])
    let again = try network.visualizeActivation(of: "dense", units: [1], preset: preset)
    #expect(drawn.pictures == again.pictures)
    #expect(
      drawn.pictures
        != (try network.visualizeActivation(of: "dense", units: [1], preset: preset, seed: 1))
        .pictures)
  }
}
