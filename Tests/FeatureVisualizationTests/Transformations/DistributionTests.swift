import Testing

@testable import FeatureVisualization

/// Numbers are drawn from what is asked for, and follow their schedules.
struct DistributionTests {
  private func draws(
    _ distribution: Distribution, in range: ClosedRange<Double> = -100...100, iteration: Int = 0,
    count: Int = 4000
  ) -> [Double] {
    var generator = SeededGenerator(seed: 3)
    return (0..<count).map { _ in
      distribution.draw(in: range, at: Moment(iteration: iteration, of: 11), using: &generator)
    }
  }

  private func mean(_ numbers: [Double]) -> Double {
    numbers.reduce(0, +) / Double(numbers.count)
  }

  @Test func `a list gives its numbers alike`() {
    let found = draws(.oneOf([1, 2, 2, 5]))
    #expect(Set(found) == [1, 2, 5])
    for (number, share) in [(1.0, 0.25), (2, 0.5), (5, 0.25)] {
      #expect(abs(Double(found.filter { $0 == number }.count) / 4000 - share) < 0.04)
    }
  }

  @Test func `a range is filled evenly`() {
    let found = draws(.uniform(-1...3))
    #expect(found.allSatisfy { (-1...3).contains($0) })
    #expect(abs(mean(found) - 1) < 0.06)
    #expect(abs(mean(found.map { ($0 - 1) * ($0 - 1) }) - 16.0 / 12) < 0.06)
  }

  @Test func `normal numbers have their mean and deviation, and are held in the range`() {
    let distribution = Distribution.normal(mean: 2, deviation: 0.5)
    let found = draws(distribution)
    #expect(abs(mean(found) - 2) < 0.03)
    #expect(abs(mean(found.map { ($0 - 2) * ($0 - 2) }) - 0.25) < 0.02)
    let held = draws(distribution, in: 1.9...2.2)
    #expect(held.min() == 1.9 && held.max() == 2.2)
  }

  @Test func `numbers follow their schedules`() {
    let falling = Distribution.normal(mean: .linear(from: 0.5, to: 0.05), deviation: 0.01)
    #expect(abs(mean(draws(falling, iteration: 0)) - 0.5) < 0.002)
    #expect(abs(mean(draws(falling, iteration: 5)) - 0.275) < 0.002)
    #expect(abs(mean(draws(falling, iteration: 10)) - 0.05) < 0.002)
    let growing = Distribution.uniform(from: 0, to: .linear(from: 0, to: 1))
    #expect(draws(growing, iteration: 0).allSatisfy { $0 == 0 })
    #expect((draws(growing, iteration: 10).max() ?? 0) > 0.99)
  }

  @Test func `a schedule that gives no number gives the lowest of the range`() {
    let broken = Distribution.uniform(from: Schedule { _ in .nan }, to: 1)
    #expect(draws(broken, in: 0.5...2, count: 3) == [0.5, 0.5, 0.5])
  }

  @Test(
    arguments: [
      .oneOf([]), .oneOf([1, 3]), .oneOf([.nan]), .uniform(from: 1, to: 0.5), .uniform(0...3),
      .uniform(from: Schedule(.nan), to: 1), .normal(mean: 3, deviation: 0),
      .normal(mean: 1, deviation: -1), .normal(mean: 1, deviation: Schedule(.infinity)),
    ] as [Distribution])
  func `what is known to be out of range is refused`(distribution: Distribution) {
    #expect(throws: VisualizationError.self) {
      try distribution.validate("number", in: 0...2)
    }
  }

  @Test func `a distribution of one number is not random`() {
    #expect(!Distribution.constant(2).isRandom && !Distribution.uniform(1...1).isRandom)
    #expect(!Distribution.normal(mean: 1, deviation: 0).isRandom)
    #expect(Distribution.oneOf([1, 2]).isRandom && Distribution.uniform(1...2).isRandom)
    #expect(Distribution.uniform(from: .linear(from: 0, to: 1), to: 1).isRandom)
  }
}
