import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Every objective and prior of the catalogue is its formula: values and gradients are those that NumPy finds in float64.
struct ObjectiveFixtureTests {
  private static let reference = ReferencePicture(Tensor(shape: [1, 4, 4, 3], repeating: 0.5))
  private static let other = ReferencePicture(Tensor(shape: [1, 4, 4, 3], repeating: 0.5))

  @Test func `there are fixtures`() { #expect(ObjectiveFixture.all.count == 46) }

  @Test(arguments: ObjectiveFixture.all)
  func `an objective is its formula`(fixture: ObjectiveFixture) throws {
    let loss = try #require(try Self.loss(fixture), "no loss for the case")
    let tensors = fixture.tensors.map(\.tensor)
    let found = try loss.values(at: tensors)
    #expect(found.count == fixture.values.count)
    for (value, expected) in zip(found, fixture.values) {
      #expect(abs(Double(value) - expected) <= 1e-5 * max(abs(expected), 0.1))
    }
    let gradient = try loss.gradients(at: tensors, scales: fixture.scales)[0].elements
    let largest = fixture.gradient.map(abs).max() ?? 0
    #expect(gradient.count == fixture.gradient.count)
    for (slope, expected) in zip(gradient, fixture.gradient) {
      #expect(abs(Double(slope) - expected) <= 2e-5 * largest)
    }
  }

  private static func loss(_ fixture: ObjectiveFixture) throws -> (any Loss)? {
    try direction(fixture) ?? ofClass(fixture) ?? ofBatch(fixture) ?? ofReference(fixture)
      ?? prior(fixture)
  }

  private static func direction(_ fixture: ObjectiveFixture) throws -> (any Loss)? {
    let vector = fixture("vector").elements
    switch fixture.name {
    case "direction": return Direction(layer: "a", vector)
    case "direction by cosine": return Direction(layer: "a", vector, by: .cosine)
    case "direction by dot and cosine":
      return Direction(layer: "a", vector, by: .dotCosine(power: 2))
    case "direction at the center": return Direction(layer: "a", vector, at: .center)
    case "direction of a dense layer":
      return Direction(layer: "a", vector, by: .dotCosine(power: 1.5))
    case "patch of directions":
      return Direction(layer: "a", fixture("patch"), by: .dotCosine(power: 4))
    case "direction of each picture":
      let vectors = fixture("vectors")
      return Direction(
        layer: "a", eachOf: (0..<2).map { vectors.picture($0).reshaped(to: [5]) }, by: .cosine)
    case "whitened direction":
      return Direction(layer: "a", vector, whitening: try Whitening(of: fixture("samples")))
    case "channel weights":
      return WeightedActivation(layer: "a", channels: fixture("weights").elements)
    case "region weights":
      return WeightedActivation(
        layer: "a", channels: fixture("weights").elements,
        in: MapRegion(rows: 1..<3, columns: 2..<5))
    case "map of weights":
      return WeightedActivation(
        layer: "a", channels: fixture("weights").elements, map: fixture("map"))
    case "deep dream": return DeepDream(layer: "a")
    default: return nil
    }
  }

  private static func ofClass(_ fixture: ObjectiveFixture) -> (any Loss)? {
    switch fixture.name {
    case "probability": Probability(layer: "a", class: 2)
    case "cross-entropy", "cross-entropy of a map": CrossEntropy(layer: "a", class: 2)
    case "cross-entropy of each picture": CrossEntropy(layer: "a", eachOf: [4, 0, 1])
    case "margin": Margin(layer: "a", class: 2)
    case "margin of each picture": Margin(layer: "a", eachOf: [4, 0, 1])
    default: nil
    }
  }

  private static func ofBatch(_ fixture: ObjectiveFixture) -> (any Loss)? {
    switch fixture.name {
    case "interpolation": Interpolation(layer: "a", from: 1, to: 3)
    case "interpolation of two layers":
      Interpolation(from: (layer: "a", unit: 1), to: (layer: "b", unit: 3), shares: [0.25, 2])
    case "diversity": Diversity(layer: "a")
    case "alignment": Alignment(layer: "a")
    case "alignment of a short batch": Alignment(layer: "a", decay: 3)
    case "difference to another picture":
      ActivationDifference(layer: "a", to: .picture(1), by: .meanSquare)
    case "statistics of pictures": BatchStatistics([known(fixture, weight: 10)])
    case "statistics of a batch": BatchStatistics([known(fixture)], over: .batch)
    default: nil
    }
  }

  private static func known(_ fixture: ObjectiveFixture, weight: Float = 1)
    -> BatchStatistics.Known
  {
    .init(layer: "a", mean: fixture("mean"), variance: fixture("variance"), weight: weight)
  }

  private static func ofReference(_ fixture: ObjectiveFixture) -> (any Loss)? {
    switch fixture.name {
    case "caricature": Caricature(of: reference, at: "a")
    case "caricature with a cosine": Caricature(of: reference, at: "a", cosinePower: 1.5)
    case "inversion": Inversion(of: reference, at: "a")
    case "inversion by relative squares": Inversion(of: reference, at: "a", by: .relativeSquare)
    case "inversion by positions": Inversion(of: reference, at: "a", by: .positions)
    case "style": Style(of: reference, at: "a")
    case "style by squares": Style(of: reference, at: "a", by: .rootMeanSquare)
    case "sort matching": SortMatching(to: [reference, other], at: "a")
    case "difference of layers": ActivationDifference(layer: "a", to: .layer("b"))
    case "difference to a reference":
      ActivationDifference(layer: "a", to: .reference(reference), by: .meanSquare)
    case "distance to a picture": InputDistance(to: fixture("picture"))
    default: nil
    }
  }

  private static func prior(_ fixture: ObjectiveFixture) -> (any Loss)? {
    switch fixture.name {
    case "directional variation", "directional variation of a signal": DirectionalVariation()
    case "directional variation of channels": DirectionalVariation(of: .channels)
    case "sum of magnitudes": ActivationNorm(layer: "a", .l1)
    case "length about a constant": ActivationNorm(.l2)
    case "blur penalty": BlurPenalty()
    case "boundary complexity": BoundaryComplexity(width: 2, center: 0.4)
    case "spectrum slope": SpectrumSlope()
    case "spectrum slope of a signal": SpectrumSlope(exponent: 1)
    default: nil
    }
  }
}
