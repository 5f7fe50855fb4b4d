import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Grey pictures for networks of colours: each colour is the same.
struct GrayPictureTests {
  private let gray = Tensor(
    shape: [1, 14, 14, 1], elements: (0..<196).map { Float($0 * 31 % 196) / 196 })
  private var color: Tensor {
    Tensor(shape: [1, 14, 14, 3], elements: gray.elements.flatMap { [$0, $0, $0] })
  }

  @Test(arguments: [SmoothNetwork.unit, .byte])
  func `grey pictures are evaluated as pictures of equal colours`(network: SmoothNetwork) throws {
    let network = try network.make()
    #expect(try network.evaluate(gray, at: "dense") == network.evaluate(color, at: "dense"))
    let evaluator = try ObjectiveEvaluator(
      network, ActivationMaximization(layer: "dense", units: [2]))
    let (one, three) = (try evaluator.evaluate(at: gray), try evaluator.evaluate(at: color))
    #expect(one.values == three.values && one.gradient.shape == gray.shape)
    let sums = (0..<196).map { pixel in
      (0..<3).reduce(Float(0)) { $0 + three.gradient.elements[3 * pixel + $1] }
    }
    #expect(largestDifference(one.gradient.elements, sums) < 1e-6)
    func draw(_ start: Tensor) throws -> Visualization {
      try network.visualizeActivation(
        of: "dense", units: [2], preset: .smallSteps(2).with(\.start, .picture(start)))
    }
    #expect(try draw(gray).pictures == draw(color).pictures)
  }

  @Test func `grey references are compared with`() throws {
    let network = try SmoothNetwork.unit.make()
    func draw(_ photo: Tensor) throws -> Tensor {
      let difference =
        TensorExpression.layer("conv2")
        - .reading(.reference(ReferencePicture(photo), at: "conv2"))
      let loss = DerivedLoss("distance", minimizing: (difference * difference).mean())
      return try network.visualizeActivationWithLosses(
        loss, preset: .smallSteps(2), seeds: [1]
      ).pictures
    }
    #expect(try draw(gray) == draw(color))
  }

  @Test(
    arguments: [
      Fourier(), Fourier(hasOpacity: true), Pixels(in: .byte, start: .uniform(60...200)),
      Pixels(in: .network, start: .uniform(0...0.2), keepsRange: false),
    ] as [any Parameterization])
  func `one grey picture is drawn for all colours`(parameterization: any Parameterization) throws {
    let grayscale = Grayscale(of: parameterization)
    let channels = parameterization.hasOpacity ? 4 : 3
    try GradientCheck.check(
      grayscale, size: PictureSize(height: 4, width: 5, channels: channels))
    var preset = Preset.smallSteps(6)
    preset.parameterization = grayscale
    let network = try SmoothNetwork.byte.make()
    let drawn = try network.visualizeActivation(of: "dense", units: [1], preset: preset)
    #expect(drawn.pictures.shape == [1, 14, 14, 3])
    for pixel in 0..<196 {
      let colors = drawn.pictures.elements[3 * pixel..<3 * pixel + 3]
      #expect(Set(colors).count == 1)
    }
    let again = try network.visualizeActivation(
      of: "dense", units: [1], preset: preset.with(\.start, .picture(gray)))
    #expect(again.pictures.shape == [1, 14, 14, 3])
    #expect(try drawn.parameters.pictures(height: 20, width: 20).shape == [1, 20, 20, channels])
  }
}
