import FeatureVisualization
import Foundation
import NaturalExamples
import Testing

/// Protects the quantiles that captions and reports state.
@Suite("A histogram of values") struct ValueHistogramTests {
  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    // Both signs, exact zeros and five orders of magnitude.
    return (0..<count).map { index in
      index % 7 == 0 ? 0 : Float(generator.normal() * pow(10, 5 * generator.uniform() - 3))
    }
  }

  /// Protects the stated error: against sorting, every quantile is off by at most 2⁻⁸ of itself.
  @Test(arguments: [1, 2, 10, 1000, 20_001]) func quantilesAreAsExactAsStated(count: Int) {
    let numbers = numbers(count, seed: UInt64(count))
    var histogram = ValueHistogram()
    for number in numbers { histogram.add(number) }
    let sorted = numbers.sorted()
    for share in [0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1] {
      let exact = sorted[max(0, Int((share * Double(count)).rounded(.up)) - 1)]
      let found = histogram.quantile(share) ?? .nan
      #expect(abs(found - exact) <= abs(exact) / 256, "\(share): \(found), not \(exact)")
    }
    #expect(histogram.quantile(0) == sorted.first && histogram.quantile(1) == sorted.last)
    #expect(histogram.count == count)
  }

  /// Protects resumed runs: what is written and read again is the same, and goes on to be.
  @Test func survivesWriting() throws {
    let numbers = numbers(500, seed: 3)
    var whole = ValueHistogram()
    var half = ValueHistogram()
    for number in numbers { whole.add(number) }
    for number in numbers.prefix(200) { half.add(number) }
    var resumed = try JSONDecoder().decode(
      ValueHistogram.self, from: try JSONEncoder().encode(half))
    #expect(resumed == half)
    for number in numbers.dropFirst(200).reversed() { resumed.add(number) }
    #expect(resumed == whole)
  }

  /// Protects against files that say too much: counts that are not there, bounds that are none.
  @Test(arguments: [
    #"{"counts": [1]}"#, #"{"counts": [16000, 0], "minimum": 1, "maximum": 1}"#,
    #"{"counts": [99999, 1], "minimum": 1, "maximum": 1}"#,
    #"{"counts": [16256, 1, 16256, 1], "minimum": 1, "maximum": 1}"#,
    #"{"counts": [16256, 2], "minimum": 1, "maximum": 9}"#, #"{"counts": [16256, 2]}"#,
  ]) func refusesContradictions(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ValueHistogram.self, from: Data(text.utf8))
    }
  }

  /// Protects streams of nothing.
  @Test func empty() throws {
    let histogram = ValueHistogram()
    #expect(histogram.quantile(0.5) == nil && histogram.count == 0)
    let read = try JSONDecoder().decode(
      ValueHistogram.self, from: try JSONEncoder().encode(histogram))
    #expect(read == histogram)
  }
}
