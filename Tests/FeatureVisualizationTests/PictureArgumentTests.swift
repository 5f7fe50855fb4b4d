import FeatureVisualization
import Testing

/// Pictures handed in are 0…1: those of 0…255 would be drawn on, or scored, in silence.
struct PictureArgumentTests {
  private static let faults: [[Float]] = [
    [255, 128, 0], [.nan, 0, 0], [-1, 0, 1], [.infinity, 0, 0],
  ]

  private func picture(_ fault: [Float]) -> Tensor {
    Tensor(shape: [1, 14, 14, 3], elements: (0..<588).map { $0 < 3 ? fault[$0] : 0.5 })
  }

  @Test(arguments: faults) func `starting pictures`(fault: [Float]) throws {
    let error = #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(
        of: "dense", units: [0], preset: .smallSteps(1).with(\.start, .picture(picture(fault))))
    }
    guard case .invalidArgument("start", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: faults) func `pictures to evaluate`(fault: [Float]) throws {
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().evaluate(picture(fault), at: "dense")
    }
  }

  @Test func `crops and borders that no picture has are refused, not computed with`() throws {
    for number in [-1, Int.max, Int.min] {
      var cropped = Preset.smallSteps(1)
      cropped.crop = number
      var bordered = Preset.smallSteps(1)
      bordered.border = number
      for preset in [cropped, bordered] {
        #expect(throws: VisualizationError.self) {
          try SmoothNetwork.unit.make().visualizeActivation(
            of: "conv2", units: [0], preset: preset)
        }
      }
    }
  }
}
