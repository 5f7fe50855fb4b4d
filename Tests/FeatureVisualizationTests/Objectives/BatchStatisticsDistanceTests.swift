import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Relative distances make layers comparable, and weights can fall along them.
struct BatchStatisticsDistanceTests {
  private let mean = Tensor(shape: [3], elements: [0.2, -1, 0.5])
  private let variance = Tensor(shape: [3], elements: [0.5, 4, 2])

  private func statistics(scaledBy scale: Float = 1, _ distance: BatchStatistics.Distance)
    -> BatchStatistics
  {
    BatchStatistics(
      [
        .init(
          layer: "a",
          mean: Tensor(shape: [3], elements: mean.elements.map { $0 * scale }),
          variance: Tensor(shape: [3], elements: variance.elements.map { $0 * scale * scale }))
      ], by: distance)
  }

  private func activations(scaledBy scale: Float = 1) -> Tensor {
    var random = SeededTensors(seed: 3)
    let tensor = Tensor(random.uniform([2, 5, 4, 3], in: -2...3))
    return Tensor(shape: tensor.shape, elements: tensor.elements.map { $0 * scale })
  }

  @Test("a layer of larger numbers counts as much as before")
  func scale() throws {
    let (small, large) = (
      try statistics(.relative).values(at: [activations()]),
      try statistics(scaledBy: 100, .relative).values(at: [activations(scaledBy: 100)])
    )
    for (small, large) in zip(small, large) { #expect(abs(small - large) < 1e-4 * small) }
  }

  @Test(
    "the distance is that of its formula",
    arguments: [BatchStatistics.Distance.relative, .relativeExcess])
  func formula(distance: BatchStatistics.Distance) throws {
    let tensor = DoubleTensor(activations())
    let found = try statistics(distance).values(at: [activations()])
    for picture in 0..<2 {
      var (means, deviations) = (0.0, 0.0)
      for channel in 0..<3 {
        let values = (0..<20).map { tensor.elements[picture * 60 + $0 * 3 + channel] }
        let m = values.reduce(0, +) / 20
        let v = values.map { ($0 - m) * ($0 - m) }.reduce(0, +) / 20
        let trained = Double(variance.elements[channel])
        let off = (m - Double(mean.elements[channel])) / trained.squareRoot()
        var ratio = (v / trained + 1e-4).squareRoot() - 1
        if distance == .relativeExcess { ratio = max(ratio, 0) }
        means += off * off / 3
        deviations += ratio * ratio / 3
      }
      let expected = means.squareRoot() + deviations.squareRoot()
      #expect(abs(Double(found[picture]) - expected) < 1e-5 * expected)
    }
  }

  @Test(
    "its gradient is that of central differences",
    arguments: [BatchStatistics.Distance.published, .relative, .relativeExcess],
    [BatchStatistics.Sample.picture, .batch])
  func gradient(distance: BatchStatistics.Distance, sample: BatchStatistics.Sample) throws {
    let known =
      statistics(distance).layers + [
        .init(
          layer: "a", mean: Tensor(shape: [3], repeating: 0.4),
          variance: Tensor(shape: [3], elements: [1, 0, 2]), weight: 0.3)
      ]
    try GradientCheck.check(
      BatchStatistics(known, over: sample, by: distance), shapes: [[2, 5, 4, 3]])
  }

  @Test("a map that does not vary at all has a finite gradient")
  func constantMap() throws {
    let flat = Tensor(shape: [1, 4, 4, 3], repeating: 2)
    for distance in [BatchStatistics.Distance.published, .relative, .relativeExcess] {
      let gradients = try statistics(distance).gradients(at: [flat])
      #expect(gradients[0].elements.allSatisfy { $0.isFinite })
    }
  }

  @Test("weights fall by equal factors from the first layer to the last")
  func fading() {
    let layers = ["a", "b", "c"].map {
      BatchStatistics.Known(layer: .name($0), mean: mean, variance: variance, weight: 2)
    }
    let weights = BatchStatistics(layers).fading(to: 0.01).layers.map(\.weight)
    for (weight, expected) in zip(weights, [2, 0.2, 0.02] as [Float]) {
      #expect(abs(weight - expected) < 1e-5)
    }
  }

  /// A picture that is off by no more than tolerated costs nothing and is not moved; beyond, only the rest counts.
  @Test(
    "what is tolerated costs nothing", arguments: [BatchStatistics.Distance.published, .relative])
  func tolerance(distance: BatchStatistics.Distance) throws {
    let plain = statistics(distance)
    let activations = activations()
    let off = try plain.values(at: [activations])
    let generous = BatchStatistics.Tolerance(mean: 100, deviation: 100)
    let free = plain.tolerating(from: generous, to: generous)
    #expect(try free.values(at: [activations]) == [0, 0])
    #expect(try free.gradients(at: [activations])[0].elements.allSatisfy { $0 == 0 })

    let little = BatchStatistics.Tolerance(mean: 0.03, deviation: 0.02)
    let rest = try plain.tolerating(from: little, to: little).values(at: [activations])
    for (off, rest) in zip(off, rest) { #expect(abs(off - 0.05 - rest) < 1e-5 * off) }
    try GradientCheck.check(
      plain.tolerating(from: little, to: little), shapes: [[2, 5, 4, 3]])
  }

  @Test("tolerances change by squares from the first layer to the last, and keep the weights")
  func tolerances() {
    let layers = ["a", "b", "c"].map {
      BatchStatistics.Known(layer: .name($0), mean: mean, variance: variance, weight: 2)
    }
    let statistics = BatchStatistics(layers, by: .relative).fading(to: 0.25)
      .tolerating(
        from: .init(mean: 0.25, deviation: 0), to: .init(mean: 0.75, deviation: 1))
    #expect(
      statistics.layers.map(\.tolerance) == [
        .init(mean: 0.25, deviation: 0), .init(mean: 0.375, deviation: 0.25),
        .init(mean: 0.75, deviation: 1),
      ])
    #expect(statistics.layers.map(\.weight) == [2, 1, 0.5] && statistics.distance == .relative)
    #expect(statistics.fading(to: 1).layers.map(\.tolerance) == statistics.layers.map(\.tolerance))
  }

  @Test("a tolerance below 0 is refused")
  func negativeTolerance() {
    let negative = BatchStatistics.Tolerance(mean: -0.1, deviation: 0)
    #expect(throws: VisualizationError.self) {
      _ = try statistics(.relative).tolerating(from: negative, to: negative)
        .values(at: [activations()])
    }
  }
}
