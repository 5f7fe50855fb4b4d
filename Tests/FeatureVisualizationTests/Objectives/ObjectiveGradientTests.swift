import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The gradients of the catalogue's objectives are those of their values, on odd sizes, and are added and scaled by picture.
struct ObjectiveGradientTests {
  private static let photo = ReferencePicture(Tensor(shape: [1, 4, 4, 3], repeating: 0.5))
  private static let vector: [Float] = [0.5, -1, 0.25]
  private static let statistics = BatchStatistics.Known(
    layer: "a", mean: Tensor(shape: [3], elements: [0.2, 0.1, -0.1]),
    variance: Tensor(shape: [3], elements: [0.1, 0.2, 0.3]))

  @Test(
    arguments: [
      Direction(layer: "a", vector), Direction(layer: "a", vector, by: .cosine),
      Direction(layer: "a", vector, by: .cosine, at: .cell(row: 4, column: 0)),
      WeightedActivation(layer: "a", channels: vector),
      WeightedActivation(layer: "a", in: MapRegion(rows: 1..<4, columns: 2..<3)),
      DeepDream(layer: "a"), Probability(layer: "a", class: 1), CrossEntropy(layer: "a", class: 2),
      Margin(layer: "a", eachOf: [1, 0]), Interpolation(layer: "a", from: 0, to: 2),
      Diversity(layer: "a"), Alignment(layer: "a"), BatchStatistics([statistics]),
      BatchStatistics([statistics], over: .batch),
    ] as [any Loss])
  func `objectives of one layer have the right gradient`(loss: any Loss) throws {
    try GradientCheck.check(loss, shapes: [[2, 5, 7, 3]])
  }

  @Test(
    arguments: [
      Direction(layer: "a", vector, by: .cosine), WeightedActivation(layer: "a"),
      DeepDream(layer: "a"), CrossEntropy(layer: "a", eachOf: [1, 2]),
      Margin(layer: "a", class: 0), Interpolation(layer: "a", from: 0, to: 2),
      Alignment(layer: "a"),
    ] as [any Loss], [[2, 3], [2, 5, 3]])
  func `dense layers and signals are looked at as maps are`(loss: any Loss, shape: [Int]) throws {
    try GradientCheck.check(loss, shapes: [shape])
  }

  @Test(
    arguments: [
      Caricature(of: photo, at: "a"), Caricature(of: photo, at: "a", cosinePower: 2),
      Inversion(of: photo, at: "a"), Inversion(of: photo, at: "a", by: .relativeSquare),
      Inversion(of: photo, at: "a", by: .positions), Style(of: photo, at: "a"),
      Style(of: photo, at: "a", by: .rootMeanSquare),
      ActivationDifference(layer: "a", to: .layer("b")),
      ActivationDifference(layer: "a", to: .reference(photo), by: .meanSquare),
    ] as [any Loss])
  func `objectives of two tensors have the right gradient`(loss: any Loss) throws {
    try GradientCheck.check(loss, shapes: [[2, 5, 3, 3], [2, 5, 3, 3]])
  }

  /// Differences over the corner at a cosine of 0.1 would be neither side's: all cosines are above it, or all below.
  @Test(arguments: [0.2...1, -1...(-0.2)] as [ClosedRange<Double>], [1, 2.5] as [Float])
  func `a direction with a power of its cosine has the right gradient`(
    range: ClosedRange<Double>, power: Float
  ) throws {
    let loss = Direction(layer: "a", [0.5, 1, 0.25], by: .dotCosine(power: power))
    try GradientCheck.check(loss, shapes: [[2, 5, 7, 3]], in: range)
  }

  /// Few elements are far from one another, so that no step changes their order.
  @Test func `sort matching has the right gradient`() throws {
    try GradientCheck.check(
      SortMatching(to: [Self.photo], at: "a"), shapes: [[1, 3, 1, 2], [1, 3, 1, 2]])
  }

  @Test func `the distance to a picture has the right gradient`() throws {
    let photo = Tensor(shape: [1, 5, 7, 3], elements: (0..<105).map { Float($0 % 17) / 16 })
    try GradientCheck.check(InputDistance(to: photo), shapes: [[2, 5, 7, 3]])
  }

  /// What is 0 has no direction; a NaN there would end every run that starts from it.
  @Test(
    arguments: [
      Direction(layer: "a", vector, by: .cosine),
      Direction(layer: "a", vector, by: .dotCosine(power: 2)), Diversity(layer: "a"),
      Alignment(layer: "a"), CrossEntropy(layer: "a", class: 2), Margin(layer: "a", class: 2),
      BatchStatistics([statistics]), DeepDream(layer: "a"),
    ] as [any Loss])
  func `layers of zeros have finite gradients`(loss: any Loss) throws {
    let zeros = [Tensor(shape: [2, 5, 7, 3], repeating: 0)]
    #expect(try loss.values(at: zeros).allSatisfy { $0.isFinite })
    #expect(try loss.gradients(at: zeros)[0].elements.allSatisfy { $0.isFinite })
  }

  @Test(
    arguments: [
      Caricature(of: photo, at: "a", cosinePower: 2), Inversion(of: photo, at: "a"),
      Inversion(of: photo, at: "a", by: .relativeSquare),
      Inversion(of: photo, at: "a", by: .positions), Style(of: photo, at: "a"),
      Style(of: photo, at: "a", by: .rootMeanSquare), SortMatching(to: [photo], at: "a"),
    ] as [any Loss])
  func `references of zeros have finite gradients`(loss: any Loss) throws {
    let zeros = Tensor(shape: [2, 5, 7, 3], repeating: 0)
    #expect(try loss.values(at: [zeros, zeros]).allSatisfy { $0.isFinite })
    #expect(try loss.gradients(at: [zeros, zeros])[0].elements.allSatisfy { $0.isFinite })
  }
}
