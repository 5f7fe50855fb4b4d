import FeatureVisualization
import Testing

/// Colours are changed as much as is asked for, each channel by itself.
struct ColorShiftTests {
  private let size = PictureSize(height: 2, width: 1)

  @Test func `shifts and contrasts lie in their ranges and fill them`() throws {
    var (shifts, contrasts): ([Float], [Float]) = ([], [])
    for seed in 0..<300 as Range<UInt64> {
      let shown = ColorShift.colorShift.shown([0, 0, 0, 1, 1, 1], size, seed: seed)
      for channel in 0..<3 {
        let factor = shown[3 + channel] - shown[channel]
        contrasts.append(factor)
        shifts.append(-shown[channel] / factor)
      }
    }
    let e = Float(2.7182818)
    #expect(shifts.allSatisfy { abs($0) <= 1.0001 })
    #expect(contrasts.allSatisfy { (1 / e - 1e-3...e + 1e-3).contains($0) })
    #expect(shifts.contains { $0 < -0.9 } && shifts.contains { $0 > 0.9 })
    #expect(contrasts.contains { $0 < 0.4 } && contrasts.contains { $0 > 2.5 })
    // Channels differ.
    #expect(Set(contrasts).count > 890)
  }

  @Test func `offsets fall to nothing`() {
    let offset = ColorOffset.colorOffset(deviation: .linear(from: 0.5, to: 0))
    var squares = 0.0
    for seed in 0..<2000 as Range<UInt64> {
      let shown = offset.shown(
        [1, 1, 1, 3, 3, 3], size, seed: seed, at: Moment(iteration: 0, of: 9))
      #expect(largestDifference(Array(shown[3...]), shown[..<3].map { $0 + 2 }) < 1e-5)
      squares += shown[..<3].reduce(0) { $0 + Double($1 - 1) * Double($1 - 1) }
    }
    #expect(abs(squares / 6000 - 0.25) < 0.02)
    #expect(offset.drawn(for: size, at: Moment(iteration: 8, of: 9)) == nil)
  }

  @Test func `a scaling of too few channels breaks a rule`() throws {
    var preset = Preset.smallSteps(1)
    preset.inputModifiers = [
      Drawing(
        transformation: ChannelScaling(
          PictureSize(height: 14, width: 14), factors: [1], offsets: [0]))
    ]
    let error = #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(of: "dense", units: [0], preset: preset)
    }
    guard case .brokenRule(type: "ChannelScaling", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
