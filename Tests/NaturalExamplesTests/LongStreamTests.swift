import FeatureVisualization
import Foundation
import NaturalExamples
import Testing

/// Protects folders of any size: what is held does not grow with the stream.
@Suite("A long stream") struct LongStreamTests {
  /// Protects 10,000 pictures: the state, which is all that the search holds beside its program, is as large after all of
  /// them as after a tenth but for cells of histograms, and the best are the best of all.
  @Test func tenThousandPictures() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("LongStream-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let search = try NaturalExampleSearch(
      SampleSearch.network(), layer: "conv2", count: 9, batch: 64)
    var sizes: [Int] = []
    var best = [Float](repeating: -.infinity, count: 6)
    let network = try SampleSearch.network()
    for hundred in 0..<100 {
      let pictures = (0..<100).map { SampleSearch.picture(hundred * 100 + $0) }
      for (index, picture) in pictures.enumerated() {
        try search.add(picture, named: String(format: "%05d", hundred * 100 + index))
      }
      let maps = try network.evaluate(try Tensor(stacking: pictures), at: "conv2")
      maps.withUnsafeBufferPointer { values in
        for (place, value) in values.enumerated() { best[place % 6] = max(best[place % 6], value) }
      }
      if hundred == 9 || hundred == 99 {
        try search.save(to: file)
        sizes.append(try Data(contentsOf: file).count)
      }
    }
    let found = try search.examples()
    #expect(found.pictureCount == 10_000 && found.units.map { $0.best[0].value } == best)
    #expect(found.units.allSatisfy { $0.maxima.count == 10_000 && $0.best.count == 9 })
    #expect(sizes[1] < sizes[0] * 2, "\(sizes)")
    #expect(sizes[1] < 40_000, "\(sizes)")
  }
}
