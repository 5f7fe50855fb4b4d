import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Softmax and sorting along an axis are those of its lines of elements.
struct OrderingTests {
  private let a = TensorExpression.layer("a")
  private static let shape = [2, 3, 4]

  /// What `change` makes of the lines along an axis of `[N, L, C]`.
  private static func along(_ axis: Int, _ x: DoubleTensor, _ change: ([Double]) -> [Double])
    -> [Double]
  {
    var result = x
    let other = axis == 1 ? 2 : 1
    for n in 0..<x.shape[0] {
      for line in 0..<x.shape[other] {
        func read(_ i: Int) -> Double { axis == 1 ? x[n, i, line] : x[n, line, i] }
        for (i, element) in change((0..<x.shape[axis]).map(read)).enumerated() {
          if axis == 1 { result[n, i, line] = element } else { result[n, line, i] = element }
        }
      }
    }
    return result.elements
  }

  @Test(arguments: [1, 2]) func `softmax is e^x over its sum`(axis: Int) throws {
    try expectSame(a.softmax(along: axis), shapes: [Self.shape], in: -3...3) { x in
      Self.along(axis, x[0]) { line in
        let powers = line.map { Foundation.exp($0) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      }
    }
    try expectSame(a.logSoftmax(along: axis), shapes: [Self.shape], in: -3...3) { x in
      Self.along(axis, x[0]) { line in
        let sum = line.map { Foundation.exp($0) }.reduce(0, +)
        return line.map { $0 - Foundation.log(sum) }
      }
    }
  }

  @Test func `softmax of large logits neither overflows nor vanishes`() throws {
    let x = Tensor(shape: [1, 3], elements: [1000, 999, -1000])
    #expect(abs(try values(of: a.softmax().unit(0), at: x)[0] - 0.731_058_6) < 1e-6)
    #expect(abs(try values(of: a.logSoftmax().unit(2), at: x)[0] + 2000.3132) < 1e-2)
  }

  @Test(arguments: [1, 2]) func `sorting is ascending, by value or magnitude`(axis: Int) throws {
    try expectSame(a.sorted(along: axis), shapes: [Self.shape]) { x in
      Self.along(axis, x[0]) { $0.sorted() }
    }
    // Evenly spaced around 0, magnitudes would come in pairs.
    try expectSame(a.sortedByMagnitude(along: axis), shapes: [Self.shape], in: -1...1.3) { x in
      Self.along(axis, x[0]) { line in line.sorted { abs($0) < abs($1) } }
    }
  }

  @Test func `equal elements keep their order, and what is no number comes last`() throws {
    let x = Tensor(shape: [1, 5], elements: [2, .nan, 1, -.infinity, 1])
    let sorted = a.sorted(along: -1)
    #expect(try values(of: sorted.unit(0), at: x) == [-.infinity])
    #expect(try values(of: sorted.unit(3), at: x) == [2])
    #expect(try values(of: sorted.unit(4), at: x)[0].isNaN)
    #expect(try gradient(of: sorted.unit(1), at: x) == [0, 0, 1, 0, 0])
    #expect(try gradient(of: sorted.unit(2), at: x) == [0, 0, 0, 0, 1])
  }

  @Test func `along the axis of pictures both couple them`() {
    #expect(DerivedLoss("x", minimizing: a.softmax(along: 0).sum()).couplesPictures)
    #expect(DerivedLoss("x", minimizing: a.sorted(along: 0).sum()).couplesPictures)
    #expect(!DerivedLoss("x", minimizing: a.sorted(along: 1).softmax().sum()).couplesPictures)
  }
}
