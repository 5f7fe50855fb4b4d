import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Modifiers that look at the whole gradient: blurred, weighted by frequency, several at once.
struct GradientShapingTests {
  private func modified(
    _ modifier: some GradModifier, _ gradient: [Float], _ size: PictureSize,
    at moment: Moment = Moment(iteration: 0, of: 1)
  ) -> [Float] {
    var result = gradient
    var span = result.mutableSpan
    modifier.modify(
      &span, at: GradientContext(picture: gradient.span, size: size, moment: moment))
    return result
  }

  private static let sizes = [
    PictureSize(height: 7, width: 9), PictureSize(height: 6, width: 4, channels: 1),
    PictureSize(height: 1, width: 8, channels: 2),
  ]

  @Test(arguments: sizes)
  func `a smoothed gradient is a blurred one`(size: PictureSize) {
    let gradient = size.noise()
    let blurred = RandomBlur(sigma: .constant(0.8), kernelSide: 7).shown(gradient, size)
    #expect(largestDifference(modified(.smoothed(0.8), gradient, size), blurred) < 1e-6)
    #expect(modified(.smoothed(0), gradient, size) == gradient)
    // A schedule that leaves its range is held in it.
    #expect(modified(.smoothed(Schedule { _ in -1 }), gradient, size) == gradient)
  }

  /// By definition, in double precision: each wave by its weight.
  @Test(arguments: sizes, [Float(0), 1.5, 2])
  func `preconditioning multiplies each wave of the gradient`(size: PictureSize, power: Float) {
    let gradient = size.noise().map { $0 - 0.5 }
    let (height, width) = (size.height, size.width)
    let lowest = 1 / Double(max(height, width))
    var expected = [Double](repeating: 0, count: size.count)
    for channel in 0..<size.channels {
      for v in 0..<height {
        for u in 0..<width {
          let fy = Double(min(v, height - v)) / Double(height)
          let fx = Double(min(u, width - u)) / Double(width)
          let frequency = max((fy * fy + fx * fx).squareRoot(), lowest)
          let weight = pow(lowest / frequency, Double(power)) / Double(height * width)
          func angle(_ pixel: Int) -> Double {
            2 * .pi
              * (Double(v * (pixel / width)) / Double(height)
                + Double(u * (pixel % width)) / Double(width))
          }
          var (re, im) = (0.0, 0.0)
          for pixel in 0..<height * width {
            let value = Double(gradient[pixel * size.channels + channel])
            re += value * cos(angle(pixel))
            im -= value * sin(angle(pixel))
          }
          for pixel in 0..<height * width {
            expected[pixel * size.channels + channel] +=
              weight * (re * cos(angle(pixel)) - im * sin(angle(pixel)))
          }
        }
      }
    }
    let found = modified(.preconditioned(power: power), gradient, size)
    #expect(largestDifference(found, expected.map { Float($0) }) < 1e-5)
    if power == 0 { #expect(largestDifference(found, gradient) < 1e-5) }
  }

  @Test(
    arguments: [.smoothed(1.2), .preconditioned(), .sequence(.smoothed(1), .preconditioned())]
      as [any GradModifier])
  func `the rules of a modifier hold, and three steps raise the objective`(
    modifier: any GradModifier
  ) throws {
    for size in Self.sizes { try GradientCheck.check(modifier, size: size) }
    let drawn = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [1], preset: .smallSteps(4).with(\.gradModifier, modifier))
    let objectives = drawn.history.map { $0.objectives[0] }
    #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 < $1 }, "\(objectives)")
  }

  @Test func `a sequence acts in order`() throws {
    let size = PictureSize(height: 1, width: 3, channels: 1)
    let mask = Tensor(shape: [1, 1, 3, 1], elements: [0, 1, 0])
    let gradient: [Float] = [1, 0, 0]
    let blurred = modified(.smoothed(1), gradient, size)
    #expect(
      modified(.sequence(.smoothed(1), .masked(by: mask)), gradient, size) == [0, blurred[1], 0])
    #expect(
      modified(.sequence(.masked(by: mask), .smoothed(1)), gradient, size) == [0, 0, 0])
    #expect(SequentialGradModifier([.negate, .relu]).reversesObjective)
    #expect(!SequentialGradModifier([.negate, .negate]).reversesObjective)
  }

  @Test(
    arguments: [
      .smoothed(-1), .smoothed(Schedule(.nan)), .preconditioned(power: -1),
      .preconditioned(power: .nan), .sequence(.negate, .smoothed(1)),
      .sequence(.smoothed(1), .masked(by: Tensor(shape: [1, 2, 2, 1]))),
    ] as [any GradModifier])
  func `what cannot work is refused`(modifier: any GradModifier) throws {
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivation(
        of: "dense", units: [0], preset: .smallSteps(1).with(\.gradModifier, modifier))
    }
  }

  @Test func `keras-vis' other names are the rectified rule`() {
    let point = ActivationPoint(input: -1, output: 0, slope: 0, isRectifier: true)
    let rules: [any ElementwiseBackprop] = [.relu, .deconv, .rectified] as [RectifiedBackprop]
    for rule in rules {
      #expect(rule.pullback(2, at: point) == 2 && rule.pullback(-2, at: point) == 0)
    }
  }
}
