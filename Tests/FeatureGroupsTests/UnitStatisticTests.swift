import FeatureGroups
import Testing

/// Figures by which units are compared: another formula would rank them otherwise.
@Suite("Clarity, redundancy and polysemanticity") struct UnitStatisticTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture("units") }

  @Test func `clarity is the mean cosine of any two`() throws {
    let found = try UnitStatistics.clarity(of: fixture.tensor("one", [14, 5]))
    #expect(abs(found - fixture.numbers("clarity")[0]) < 1e-9)
    let same = Tensor(shape: [3, 2], elements: [1, 0, 2, 0, 5, 0])
    #expect(abs(try UnitStatistics.clarity(of: same) - 1) < 1e-12)
    let opposite = Tensor(shape: [2, 2], elements: [1, 0, -1, 0])
    #expect(abs(try UnitStatistics.clarity(of: opposite) + 1) < 1e-12)
  }

  @Test func `redundancy is the largest cosine to another unit`() throws {
    let found = try UnitStatistics.redundancy(of: fixture.tensor("one", [14, 5]))
    #expect(difference(found.ofEach, fixture.numbers("largest")) < 1e-9)
    #expect(abs(found.mean - fixture.numbers("redundancy")[0]) < 1e-9)
  }

  /// scikit-learn's k-means finds the same two clusters, whatever the seed.
  @Test(arguments: [0, 1, 2])
  func `polysemanticity tells two things from one`(seed: UInt64) throws {
    let found = try UnitStatistics.polysemanticity(of: fixture.tensor("two", [13, 5]), seed: seed)
    #expect(abs(found - fixture.numbers("polysemanticity")[0]) < 1e-6)
    let one = try UnitStatistics.polysemanticity(of: fixture.tensor("one", [14, 5]), seed: seed)
    #expect(one < found)
  }

  /// A chance find makes a cluster of its own: it does not make a unit one of two things.
  @Test func `a single example is no second thing`() throws {
    let examples = Tensor(
      shape: [6, 2], elements: [1, 0, 1.1, 0, 0.9, 0, 1, 0.1, 1, -0.1, -9, 9])
    // Against the mean of all, (−2/3, 3/2), and not 1 − the cosine of two clusters, 1.7.
    let mean = [-4.0 / 6, 9.0 / 6]
    let numbers = examples.elements.map { Double($0) }
    let expected = (0..<6).reduce(0) { sum, row in
      sum + (1 - cosine(mean, [numbers[2 * row], numbers[2 * row + 1]])) / 6
    }
    #expect(abs(try UnitStatistics.polysemanticity(of: examples) - expected) < 1e-6)
  }

  @Test func `what has no figures is refused`() throws {
    for examples in [
      Tensor(shape: [1, 3], repeating: 1), Tensor(shape: [2, 2], elements: [0, 0, 1, 1]),
    ] {
      #expect(throws: VisualizationError.self) { try UnitStatistics.clarity(of: examples) }
      #expect(throws: VisualizationError.self) { try UnitStatistics.redundancy(of: examples) }
      #expect(throws: VisualizationError.self) { try UnitStatistics.polysemanticity(of: examples) }
    }
  }

  /// All examples the same: no cluster is apart from another.
  @Test func `equal examples are one thing`() throws {
    let found = try UnitStatistics.polysemanticity(of: Tensor(shape: [5, 2], repeating: 2))
    #expect(abs(found) < 1e-9)
  }
}
