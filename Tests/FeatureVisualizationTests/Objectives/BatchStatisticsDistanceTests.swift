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

  @Test("the distance is that of its formula")
  func formula() throws {
    let tensor = DoubleTensor(activations())
    let found = try statistics(.relative).values(at: [activations()])
    for picture in 0..<2 {
      var (means, deviations) = (0.0, 0.0)
      for channel in 0..<3 {
        let values = (0..<20).map { tensor.elements[picture * 60 + $0 * 3 + channel] }
        let m = values.reduce(0, +) / 20
        let v = values.map { ($0 - m) * ($0 - m) }.reduce(0, +) / 20
        let trained = Double(variance.elements[channel])
        let off = (m - Double(mean.elements[channel])) / trained.squareRoot()
        let ratio = (v / trained + 1e-4).squareRoot() - 1
        means += off * off / 3
        deviations += ratio * ratio / 3
      }
      let expected = means.squareRoot() + deviations.squareRoot()
      #expect(abs(Double(found[picture]) - expected) < 1e-5 * expected)
    }
  }

  @Test(
    "its gradient is that of central differences",
    arguments: [BatchStatistics.Distance.published, .relative],
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
    for distance in [BatchStatistics.Distance.published, .relative] {
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
}
