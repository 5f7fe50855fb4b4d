import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Sums, means, extrema and norms over any axes are those of the elements.
struct ReductionTests {
  private let a = TensorExpression.layer("a")
  private static let shape = [2, 3, 2, 4]

  /// The elements that go into each result over axes of a picture, results in row-major order.
  private static func groups(_ x: DoubleTensor, over axes: Set<Int>) -> [[Double]] {
    let kept = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
    var groups = [[Double]](repeating: [], count: kept.reduce(1, *))
    for (place, element) in x.elements.enumerated() {
      var (rest, result, size) = (place, 0, 1)
      for axis in x.shape.indices.reversed() {
        let index = rest % x.shape[axis]
        rest /= x.shape[axis]
        if !axes.contains(axis) {
          result += index * size
          size *= x.shape[axis]
        }
      }
      groups[result].append(element)
    }
    return groups
  }

  private func squares(_ x: [Double]) -> Double { x.map { $0 * $0 }.reduce(0, +) }

  private static let cases: [(TensorAxes, Set<Int>)] = [
    (.allButPictures, [1, 2, 3]), (.positions, [1, 2]), (-1, [3]), (1, [1]), ([1, 3], [1, 3]),
    ([2, -1], [2, 3]), ([-3, -2], [1, 2]), (.numbers([]), []),
  ]

  @Test(arguments: cases.indices) func `sums are over the axes named`(index: Int) throws {
    let (axes, numbers) = Self.cases[index]
    for keeps in [false, true] {
      try expectSame(a.sum(over: axes, keepingAxes: keeps), shapes: [Self.shape]) {
        Self.groups($0[0], over: numbers).map { $0.reduce(0, +) }
      }
    }
  }

  @Test(arguments: cases.indices) func `means are over the axes named`(index: Int) throws {
    let (axes, numbers) = Self.cases[index]
    try expectSame(a.mean(over: axes), shapes: [Self.shape]) {
      Self.groups($0[0], over: numbers).map { $0.reduce(0, +) / Double($0.count) }
    }
    try expectSame(a.squared().mean(over: axes), shapes: [Self.shape]) {
      Self.groups($0[0], over: numbers).map { squares($0) / Double($0.count) }
    }
  }

  @Test(arguments: cases.indices) func `extrema are over the axes named`(index: Int) throws {
    let (axes, numbers) = Self.cases[index]
    try expectSame(a.maximum(over: axes), shapes: [Self.shape]) {
      Self.groups($0[0], over: numbers).map { $0.max()! }
    }
    try expectSame(a.minimum(over: axes), shapes: [Self.shape]) {
      Self.groups($0[0], over: numbers).map { $0.min()! }
    }
  }

  @Test(arguments: [0, 0.5]) func `norms are lengths over the axes named`(epsilon: Double) throws {
    try expectSame(a.norm(over: -1, epsilon: Float(epsilon)), shapes: [Self.shape]) {
      Self.groups($0[0], over: [3]).map { (squares($0) + epsilon).squareRoot() }
    }
  }

  @Test func `means over pictures are the same for each, and couple them`() throws {
    let centred = a - a.mean(over: 0)
    try expectSame(centred, shapes: [Self.shape]) { x in
      let means = Self.groups(x[0], over: [0]).map { $0.reduce(0, +) / Double($0.count) }
      return x[0].elements.indices.map { x[0].elements[$0] - means[$0 % means.count] }
    }
    for axes in [TensorAxes.pictures, 0, [0, 1]] {
      #expect(DerivedLoss("x", minimizing: a.mean(over: axes).sum() + a.sum()).couplesPictures)
    }
    #expect(!DerivedLoss("x", minimizing: a.mean()).couplesPictures)
  }

  @Test func `a number about the batch is shared out among its pictures`() throws {
    let x = Tensor(shape: [4, 2], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    let shared = a.sum(over: [0, 1]).dividedAmongPictures()
    #expect(try values(of: shared, at: x) == [9, 9, 9, 9])
    #expect(try gradient(of: shared, at: x) == Array(repeating: 1, count: 8))
    let loss = DerivedLoss("Shared", minimizing: shared)
    #expect(loss.couplesPictures && loss.selecting([0]) == nil)
  }

  /// Protects the double precision of sums: in single precision the small terms are lost.
  @Test func `long sums keep their digits`() throws {
    let count = 300_000
    var elements = [Float](repeating: 1e-3, count: count)
    elements[0] = 16_777_216
    let x = Tensor(shape: [1, count], elements: elements)
    let sum = 16_777_216 + Double(Float(1e-3)) * Double(count - 1)
    #expect(try values(of: a.sum(), at: x) == [Float(sum)])
  }

  /// Protects the promise that a picture in a batch is what it is alone.
  @Test func `a picture in a batch has the bytes that it has alone`() throws {
    var random = SeededTensors(seed: 4)
    let batch = random.uniform([3, 40, 30, 17])
    let expression =
      a.squared().mean() + (a * a.softmax()).sum(over: .positions).norm()
      + a.gramMatrix.sum()
    let together = try values(of: expression, at: Tensor(batch))
    let all = try gradient(of: expression, at: Tensor(batch))
    let width = batch.count / 3
    for n in 0..<3 {
      let alone = Tensor(
        shape: [1, 40, 30, 17],
        elements: batch.elements[n * width..<(n + 1) * width].map { Float($0) })
      #expect(try values(of: expression, at: alone) == [together[n]])
      #expect(try gradient(of: expression, at: alone) == Array(all[n * width..<(n + 1) * width]))
    }
  }
}
