import FeatureVisualizationTestSupport
import Testing

/// Protects the numbers that tests are made of: another generator would silently change them all.
@Suite struct SeededTensorsTests {
  /// The published results of SplitMix64 for this seed.
  @Test func generatesSplitMix64() {
    var source = SeededTensors(seed: 1_234_567)
    let numbers = (0..<3).map { _ in source.next() }
    #expect(
      numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test func oneSeedGivesTheSameTensors() {
    var (first, second) = (SeededTensors(seed: 5), SeededTensors(seed: 5))
    #expect(first.uniform([3, 4]) == second.uniform([3, 4]))
    #expect(first.spaced([5]) == second.spaced([5]))
    var other = SeededTensors(seed: 6)
    #expect(first.uniform([3, 4]) != other.uniform([3, 4]))
  }

  @Test func uniformFillsItsRangeWithFloats() {
    var source = SeededTensors(seed: 2)
    let elements = source.uniform([10_000], in: 2...5).elements
    #expect(elements.allSatisfy { $0 >= 2 && $0 <= 5 && Double(Float($0)) == $0 })
    #expect(abs(elements.reduce(0, +) / 10_000 - 3.5) < 0.03)
    #expect((elements.min() ?? 0) < 2.01 && (elements.max() ?? 0) > 4.99)
  }

  @Test func spacedNumbersKeepTheirDistance() {
    var source = SeededTensors(seed: 1)
    let elements = source.spaced([4, 25], in: -1...1).elements
    let sorted = elements.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { abs($1 - $0 - 0.02) < 1e-6 })
    #expect(sorted.allSatisfy { abs($0) > 0.009 && Double(Float($0)) == $0 })
    #expect(elements != sorted)
  }
}
