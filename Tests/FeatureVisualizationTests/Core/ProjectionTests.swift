import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Ranges and balls that pictures are held in, and masks that hold part of a photo.
struct ProjectionTests {
  private let unit = ActivationMaximization(layer: "dense", units: [1])
  private let start = Tensor(
    shape: [1, 14, 14, 3], elements: (0..<588).map { 0.3 + 0.4 * Float($0 % 71) / 70 })

  private func draw(_ projection: any Projection) throws -> [Float] {
    var recipe = Preset.smallSteps(20, rate: 1)
    recipe.projections = [projection]
    return try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit, preset: recipe.with(\.start, .picture(start))
    ).pictures.elements
  }

  @Test func `a range holds every number`() throws {
    let range: ClosedRange<Float> = 0.25...0.6
    let elements = try draw(.clamp(range))
    #expect(elements.allSatisfy { range.contains($0) })
  }

  @Test func `a ball holds the picture near its start, whichever the norm`() throws {
    let distances = zip(try draw(.ball(radius: 0.5)), start.elements).map { $0 - $1 }
    let length = distances.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(length - 0.5) < 1e-3)
    let largest = largestDifference(
      try draw(.ball(radius: 0.05, norm: .maximum)), start.elements)
    #expect(abs(largest - 0.05) < 1e-5)
  }

  @Test func `a masked picture keeps the photo where the mask is 0`() throws {
    let size = PictureSize(height: 5, width: 6)
    let mask = Tensor(shape: [1, 5, 6, 1], elements: (0..<30).map { Float($0 % 3) / 2 })
    let photo = Tensor(shape: [1, 5, 6, 3], elements: (0..<90).map { Float($0 % 7) / 6 })
    for inner in [Pixels(start: .uniform(0...1)), Fourier(deviation: 0.3)]
      as [any Parameterization]
    {
      try GradientCheck.check(MaskedPicture(inner, mask: mask, photo: photo), size: size)
    }
    let half = Tensor(shape: [1, 14, 14, 1], elements: (0..<196).map { $0 < 98 ? 0 : 1 })
    var recipe = Preset.lucid
    recipe.parameterization = MaskedPicture(Fourier(), mask: half, photo: start)
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit + 10 * TotalVariation(), preset: recipe, iterations: 10)
    let found = drawn.pictures.elements
    #expect(Array(found[..<294]) == Array(start.elements[..<294]))
    #expect(largestDifference(Array(found[294...]), Array(start.elements[294...])) > 0.05)
    recipe.parameterization = MaskedPicture(Fourier(), mask: mask, photo: start)
    #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(unit, preset: recipe)
    }
  }
}
