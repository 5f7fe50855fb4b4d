import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Three steps of a run make every objective of the catalogue better: signs, resolving and references are right from the
/// picture on.
struct ObjectiveAscentTests {
  private static let photo = ReferencePicture(
    Tensor(shape: [1, 14, 14, 3], elements: (0..<588).map { 0.2 + 0.6 * Float($0 % 89) / 88 }))
  private static let vector: [Float] = [1, -0.5, 0.25, 0.5]

  private static let reversed: [Float] = [0.5, 0.25, -0.5, 1]
  private static let patch = Tensor(shape: [2, 1, 4], elements: vector + reversed)
  private static let vectors = [vector, reversed].map { Tensor(shape: [4], elements: $0) }
  private static let map = Tensor(shape: [7, 7], elements: (0..<49).map { Float($0 % 5) })

  private static let ofUnits: [any Loss] = [
    Direction(layer: "conv2", vector), Direction(layer: "conv2", vector, by: .cosine),
    Direction(layer: "conv2", vector, by: .dotCosine(power: 2), at: .center),
    Direction(layer: "conv2", patch, by: .dotCosine(power: 1)),
    Direction(layer: "conv2", eachOf: vectors),
    WeightedActivation(layer: "conv2", channels: vector),
    WeightedActivation(layer: "conv2", in: MapRegion(rows: 1..<4, columns: 2..<3)),
    WeightedActivation(layer: "conv2", map: map), DeepDream(layer: "conv1"),
    Probability(layer: "dense", class: 3), Probability(layer: "softmax", class: 3),
    CrossEntropy(layer: "dense", eachOf: [1, 4]), Margin(layer: "dense", class: 0),
    Interpolation(layer: "conv2", from: 0, to: 3),
    Interpolation(from: (layer: "conv1", unit: 0), to: (layer: "dense", unit: 3)),
  ]

  private static let ofReferences: [any Loss] = [
    Caricature(of: photo, at: "conv2"), Caricature(of: photo, at: "conv2", cosinePower: 1),
    Inversion(of: photo, at: "conv2"), Inversion(of: photo, at: "dense", by: .relativeSquare),
    Inversion(of: photo, at: "conv2", by: .positions), Style(of: photo, at: "conv2"),
    Style(of: photo, at: "conv2", by: .rootMeanSquare), SortMatching(to: [photo], at: "conv1"),
    ActivationDifference(layer: "dense", to: .layer("softmax")),
    ActivationDifference(layer: "conv2", to: .reference(photo)),
  ]

  @Test(arguments: ofUnits + ofReferences)
  func `three steps raise an objective`(loss: any Loss) throws {
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      loss.asObjective, preset: .smallSteps(4, rate: 0.02), seeds: [1, 2])
    let totals = drawn.history.map { $0.total(0) + $0.total(1) }
    #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 > $1 }, "\(totals)")
  }

  @Test(
    arguments: [
      Diversity(layer: "conv2"), Alignment(layer: "conv2"), InputDistance(to: photo.picture),
      ActivationDifference(layer: "conv2", to: .picture(1)),
      BatchStatistics([
        .init(
          layer: "conv2", mean: Tensor(shape: [4], repeating: 0.5),
          variance: Tensor(shape: [4], repeating: 0.1))
      ]),
    ] as [any Loss])
  func `three steps lower a prior`(loss: any Loss) throws {
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      1e-7 * ActivationMaximization(layer: "dense", units: [0]) + loss.asPrior,
      preset: .smallSteps(4, rate: 0.02), seeds: [1, 2])
    let totals = drawn.history.map { $0.losses[1].values.reduce(0, +) }
    #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 > $1 }, "\(totals)")
  }
}
