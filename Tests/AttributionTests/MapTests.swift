import Attribution
import Testing

@Suite("Maps")
struct MapTests {
  private let map = AttributionMap(
    Tensor(shape: [1, 1, 3, 2], elements: [1, -3, 0, 0, -2, 4]), isSigned: true)

  @Test("channels become one number as stated")
  func reductions() {
    let expected: [(ChannelReduction, [Float], Bool)] = [
      (.largestMagnitude, [3, 0, 4], false), (.sum, [-2, 0, 2], true), (.mean, [-1, 0, 1], true),
      (.largest, [1, 0, 4], true),
      (.norm, [Float(10).squareRoot(), 0, Float(20).squareRoot()], false),
    ]
    for (reduction, values, isSigned) in expected {
      let found = map.reduced(by: reduction)
      #expect(found.values.shape == [1, 1, 3, 1] && found.isSigned == isSigned)
      #expect(relativeDifference(found.values.elements, values) < 1e-6)
    }
  }

  @Test("normalized maps are within −1…1, and a map of zeros stays one")
  func normalization() {
    #expect(map.normalized().values.elements == [0.25, -0.75, 0, 0, -0.5, 1])
    let zero = AttributionMap(Tensor(shape: [1, 2, 2, 1]), isSigned: false)
    #expect(zero.normalized().values == zero.values)
    #expect(zero.normalized(percentile: 90).values == zero.values)
    let constant = AttributionMap(Tensor(shape: [1, 2, 2, 1], repeating: 7), isSigned: false)
    #expect(constant.normalized().values.elements == [1, 1, 1, 1])
    // Each picture by itself.
    let two = AttributionMap(
      Tensor(shape: [2, 1, 2, 1], elements: [1, 2, 0, 0]), isSigned: false)
    #expect(two.normalized().values.elements == [0.5, 1, 0, 0])
  }

  @Test("a percentile clips what is brighter, and falls back to the largest where it would be 0")
  func percentile() {
    let values = Tensor(shape: [1, 1, 5, 1], elements: [1, 2, 3, 4, 100])
    let clipped = AttributionMap(values, isSigned: false).normalized(percentile: 75)
    #expect(clipped.values.elements == [0.25, 0.5, 0.75, 1, 1])
    let sparse = Tensor(shape: [1, 1, 5, 1], elements: [0, 0, 0, 0, 2])
    #expect(
      AttributionMap(sparse, isSigned: false).normalized(percentile: 50).values.elements
        == [0, 0, 0, 0, 1])
  }

  @Test("what speaks for and against are maps of their own")
  func parts() {
    #expect(map.positivePart().values.elements == [1, 0, 0, 0, 0, 4])
    #expect(map.positivePart(against: true).values.elements == [0, 3, 0, 0, 2, 0])
  }

  @Test("resizing is bilinear, with centres of pixels and edges held")
  func resizing() throws {
    let small = AttributionMap(Tensor(shape: [1, 1, 2, 1], elements: [0, 1]), isSigned: false)
    let large = try small.resized(height: 2, width: 4)
    #expect(large.values.shape == [1, 2, 4, 1])
    #expect(large.values.elements == [0, 0.25, 0.75, 1, 0, 0.25, 0.75, 1])
    #expect(throws: VisualizationError.self) { try small.resized(height: 0, width: 4) }
    #expect(throws: VisualizationError.self) { try small.resized(height: 4, width: 1 << 20) }
  }

  @Test("maps of one size are stacked, others refused")
  func stacking() throws {
    let stacked = try AttributionMap(stacking: [map, map])
    #expect(stacked.values.shape == [2, 1, 3, 2] && stacked.picture(1) == map)
    #expect(throws: VisualizationError.self) {
      try AttributionMap(stacking: [map, map.resized(height: 2, width: 2)])
    }
    #expect(throws: VisualizationError.self) { try AttributionMap(stacking: []) }
  }
}
