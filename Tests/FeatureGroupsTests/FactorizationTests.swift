import FeatureGroups
import Testing

/// What groups and concepts are made of: another minimum would be other groups.
@Suite("Non-negative factorisation") struct FactorizationTests {
  private let fixture: Fixture
  private let samples: Tensor

  init() throws {
    fixture = try Fixture("factorisation")
    samples = fixture.tensor("samples", [30, 12])
  }

  private func factors(_ penalty: Double) throws -> NonnegativeFactorization {
    try NonnegativeFactorization(
      of: samples, count: 4, penalty: penalty, iterations: 100_000, tolerance: 1e-9)
  }

  /// scikit-learn's coordinate descent from the same start finds the same minimum and the same directions.
  @Test(arguments: [("plain", 0.0), ("penalised", 0.01)])
  func `the minimum is scikit-learn's`(name: String, penalty: Double) throws {
    let found = try factors(penalty)
    #expect(found.isConverged)
    let residual = fixture.numbers("\(name)_residual")[0]
    #expect(abs(found.residual - residual) < 1e-4 * residual)
    let weights = found.weights.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    let directions = found.directions.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    let objective =
      0.5 * found.residual * found.residual + 0.5 * penalty * (12 * weights + 30 * directions)
    let expected = fixture.numbers("\(name)_objective")[0]
    #expect(abs(objective - expected) < 1e-5 * expected)
    for direction in 0..<4 {
      let theirs = fixture.numbers("\(name)_directions")[direction * 12..<(direction + 1) * 12]
      let ours = found.directions.picture(direction).elements.map { Double($0) }
      #expect(cosine(ours, theirs) > 0.9999, "direction \(direction)")
    }
  }

  /// Protects concepts' maps: weights with the directions held.
  @Test(arguments: [("plain", 0.0), ("penalised", 0.01)])
  func `weights of other samples are scikit-learn's`(name: String, penalty: Double) throws {
    let other = fixture.tensor("other", [5, 12])
    let found = try factors(penalty)
    let ours = try found.weights(of: other, iterations: 10_000, tolerance: 1e-9)
    #expect(difference(ours.elements, fixture.numbers("\(name)_weights_of_other")) < 1e-3)
  }

  /// What is exactly a sum of directions is taken apart without anything left.
  @Test func `an exact product leaves nothing`() throws {
    let parts: [[Float]] = [[1, 0, 2, 0, 0], [0, 3, 0, 0, 1], [0, 0, 0, 2, 0]]
    let amounts: [[Float]] = [
      [1, 0, 0], [0, 2, 0], [0, 0, 1], [3, 0, 0], [0, 1, 0], [0, 0, 2],
    ]
    let rows = amounts.flatMap { amount in
      (0..<5).map { unit in (0..<3).reduce(Float(0)) { $0 + amount[$1] * parts[$1][unit] } }
    }
    let found = try NonnegativeFactorization(
      of: Tensor(shape: [6, 5], elements: rows), count: 3, iterations: 2000, tolerance: 1e-10)
    #expect(found.explainedShare > 0.999_999)
    #expect(found.weights.elements.allSatisfy { $0 >= 0 })
    #expect(found.directions.elements.allSatisfy { $0 >= 0 })
  }

  /// The start comes from the numbers themselves: twice the same bytes, on any number of threads.
  @Test func `it is deterministic`() throws {
    let first = try NonnegativeFactorization(of: samples, count: 4)
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    WorkerPool.threadCount = 1
    let second = try NonnegativeFactorization(of: samples, count: 4)
    #expect(first.weights == second.weights)
    #expect(first.directions == second.directions)
  }

  /// Each of these would be no factorisation: it says what is wrong with it.
  @Test func `what cannot be factorised is refused`() throws {
    let negative = Tensor(shape: [3, 2], elements: [1, 2, 3, -4, 5, 6])
    #expect(throws: VisualizationError.self) {
      try NonnegativeFactorization(of: negative, count: 1)
    }
    #expect(throws: VisualizationError.self) {
      try NonnegativeFactorization(of: Tensor(shape: [3, 2]), count: 1)
    }
    for count in [0, 3] {
      #expect(throws: VisualizationError.self) {
        try NonnegativeFactorization(of: Tensor(shape: [3, 2], repeating: 1), count: count)
      }
    }
    let infinite = Tensor(shape: [2, 2], elements: [1, .infinity, 1, 1])
    #expect(throws: VisualizationError.self) {
      try NonnegativeFactorization(of: infinite, count: 1)
    }
  }
}
