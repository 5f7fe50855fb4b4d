import Testing

@testable import Attribution

@Suite("Metrics of maps")
struct MetricsTests {
  /// A network that sums the pixels of a picture of 4×4, each times a weight.
  private func linear(_ weights: [Float]) throws -> AttributionQuestion {
    let network = try PlainNetwork.network([
      Layer(
        "conv",
        Convolution(
          weights: Tensor(
            shape: [1, 4, 4, 3], elements: weights.flatMap { [$0, $0, $0].map { $0 / 3 } })),
        inputs: ["input"])
    ])
    return try AttributionQuestion(
      network, ActivationMaximization(layer: "conv", units: 0),
      at: Tensor(shape: [1, 4, 4, 3], repeating: 1))
  }

  private let weights: [Float] = (0..<16).map { Float(($0 * 7) % 16) }

  private func map(_ pixels: [Float]) -> AttributionMap {
    AttributionMap(Tensor(shape: [1, 4, 4, 1], elements: pixels), isSigned: true)
  }

  @Test("deletion and insertion change pixels in the order of the map, and areas are trapezoids")
  func curves() throws {
    let question = try linear(weights)
    let deletion = try Deletion(steps: 16).curve(of: map(weights), for: question)
    let sorted = weights.sorted(by: >)
    for step in 0...16 {
      #expect(abs(deletion.values[step] - sorted.dropFirst(step).reduce(0, +)) < 1e-3)
      #expect(abs(deletion.shares[step] - Double(step) / 16) < 1e-9)
    }
    let insertion = try Insertion(steps: 16).curve(of: map(weights), for: question)
    for step in 0...16 {
      #expect(abs(insertion.values[step] - sorted.prefix(step).reduce(0, +)) < 1e-3)
    }
    let area = zip(insertion.values, insertion.values.dropFirst()).reduce(0.0) {
      $0 + Double($1.0 + $1.1) / 32
    }
    #expect(abs(insertion.area - area) < 1e-6)
    // The right order is better than the reverse, either way.
    let reverse = map(weights.map { -$0 })
    #expect(try Deletion().curve(of: reverse, for: question).area > deletion.area)
    #expect(try Insertion().curve(of: reverse, for: question).area < insertion.area)
  }

  @Test("more steps than pixels are as many as pixels, and one is both ends")
  func steps() throws {
    let question = try linear(weights)
    #expect(try Deletion(steps: 1000).curve(of: map(weights), for: question).shares.count == 17)
    #expect(try Deletion(steps: 1).curve(of: map(weights), for: question).shares == [0, 1])
    #expect(throws: VisualizationError.self) {
      try Deletion(steps: 0).curve(of: map(weights), for: question)
    }
    #expect(throws: VisualizationError.self) {
      try Insertion().curve(
        of: AttributionMap(Tensor(shape: [1, 3, 3, 1]), isSigned: false), for: question)
    }
    #expect(throws: VisualizationError.self) {
      try Insertion().curve(of: map(weights.map { $0 / 0 }), for: question)
    }
  }

  @Test("the map of a linear network foretells every fall, its negative the opposite")
  func muFidelity() throws {
    let question = try linear(weights)
    let metric = MuFidelity(cells: 4, samples: 60)
    // Equal sums are equal falls but for rounding, which ranks them.
    #expect(abs(try #require(try metric.correlation(of: map(weights), for: question)) - 1) < 0.01)
    let opposite = try metric.correlation(of: map(weights.map { -$0 }), for: question)
    #expect(abs(try #require(opposite) + 1) < 0.01)
    #expect(
      try metric.correlation(of: map(weights.map { _ in 1 }), for: question) == nil,
      "equal sums have no ranks")
    for bad in [
      MuFidelity(cells: 0), MuFidelity(share: 0), MuFidelity(share: 1), MuFidelity(samples: 1),
    ] {
      #expect(throws: VisualizationError.self) {
        try bad.correlation(of: map(weights), for: question)
      }
    }
  }

  @Test("Spearman's correlation takes mean ranks of equal numbers, as SciPy does")
  func ranks() throws {
    // scipy.stats.spearmanr([1, 2, 2, 3, 5], [2, 1, 4, 4, 3])
    let found = try #require(rankCorrelation([1, 2, 2, 3, 5], [2, 1, 4, 4, 3]))
    #expect(abs(found - 0.394_736_842_105_263_2) < 1e-12)
  }

  @Test("maps that do not depend on the picture are stable, and gradients of a curve are not")
  func stability() throws {
    let flat = try linear(weights)
    #expect(try AverageStability(samples: 3).distance(of: .gradient, for: flat) < 1e-6)
    let curved = try AttributionQuestion(
      SmoothNetwork.make(), ActivationMaximization(layer: "dense", units: 1),
      at: SmoothNetwork.pictures(1))
    let (small, large) = (
      try AverageStability(radius: 0.01, samples: 3).distance(of: .gradient, for: curved),
      try AverageStability(radius: 0.2, samples: 3).distance(of: .gradient, for: curved)
    )
    #expect(small > 0 && large > small)
    #expect(throws: VisualizationError.self) {
      try AverageStability(samples: 0).distance(of: .gradient, for: flat)
    }
  }

  @Test("a map points where it is largest, and nowhere if it is the same everywhere")
  func pointing() throws {
    var pixels = [Float](repeating: -1, count: 16)
    pixels[6] = 2
    let found = map(pixels)
    #expect(found.peak() == .cell(row: 1, column: 2))
    var region = Tensor(shape: [4, 4])
    region[1, 2] = 1
    #expect(try found.points(into: region))
    var beside = Tensor(shape: [4, 4])
    beside[2, 3] = 1
    #expect(try !found.points(into: beside))
    #expect(try found.points(into: beside, tolerance: 1))
    let nowhere = map([Float](repeating: 0, count: 16))
    #expect(nowhere.peak() == nil)
    #expect(try !nowhere.points(into: Tensor(shape: [4, 4], repeating: 1)))
    #expect(throws: VisualizationError.self) { try found.points(into: Tensor(shape: [3, 4])) }
  }
}
