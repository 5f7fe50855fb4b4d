import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Products, norms and angles of vectors and matrices are those of linear algebra.
struct ProductTests {
  private let a = TensorExpression.layer("a")
  private let b = TensorExpression.layer("b")

  /// Each picture's product of matrices, in double precision; a right factor of one picture is that of all.
  private func product(
    _ x: DoubleTensor, _ y: DoubleTensor, left: Bool = false, right: Bool = false
  ) -> [Double] {
    let (rows, inner) = left ? (x.shape[2], x.shape[1]) : (x.shape[1], x.shape[2])
    let columns: Int = right ? y.shape[1] : y.shape[2]
    var result: [Double] = []
    for n in 0..<x.shape[0] {
      let m: Int = y.shape[0] == 1 ? 0 : n
      for row in 0..<rows {
        for column in 0..<columns {
          var sum: Double = 0
          for k in 0..<inner {
            let p: Double = left ? x[n, k, row] : x[n, row, k]
            let q: Double = right ? y[m, column, k] : y[m, k, column]
            sum += p * q
          }
          result.append(sum)
        }
      }
    }
    return result
  }

  @Test func `products are those of each picture's matrices, as they lie or transposed`() throws {
    let (m, k, l) = (3, 4, 2)
    try expectSame(a.matrixProduct(b), shapes: [[2, m, k], [2, k, l]]) { product($0[0], $0[1]) }
    try expectSame(a.transposed.matrixProduct(b), shapes: [[2, k, m], [2, k, l]]) {
      product($0[0], $0[1], left: true)
    }
    try expectSame(a.matrixProduct(b.transposed), shapes: [[2, m, k], [2, l, k]]) {
      product($0[0], $0[1], right: true)
    }
    try expectSame(a.transposed.matrixProduct(b.transposed), shapes: [[2, k, m], [2, l, k]]) {
      product($0[0], $0[1], left: true, right: true)
    }
  }

  /// Protects the parts that rows are cut into.
  @Test func `large products have all their rows`() throws {
    let (m, k, l) = (300, 2, 3)
    let one = Tensor(shape: [k, l], repeating: 1)
    let x = Tensor(shape: [1, m, k], elements: (0..<m * k).map { Float($0) })
    let sums = a.matrixProduct(.constant(one)).sum(over: -1)
    let expected = (0..<m).map { Float($0 * 4 + 1) * Float(l) }
    for row in [0, 127, 128, 255, 256, 299] {
      #expect(try values(of: sums.element(row, along: 1), at: x) == [expected[row]])
    }
    #expect(try gradient(of: sums.sum(), at: x) == Array(repeating: 3, count: m * k))
  }

  @Test func `a factor without pictures is the same for each`() throws {
    let matrix = Tensor(shape: [4, 2], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    let doubles = DoubleTensor(matrix).reshaped(to: [1, 4, 2])
    try expectSame(a.matrixProduct(.constant(matrix)), shapes: [[3, 3, 4]]) {
      product($0[0], doubles)
    }
    // The gradient of a shared factor is the sum over the pictures.
    try expectSame(a.matrixProduct(b.mean(over: 0)), shapes: [[3, 3, 4], [3, 4, 2]]) { x in
      var means = DoubleTensor(shape: [1, 4, 2])
      for n in 0..<3 {
        for i in 0..<8 { means.elements[i] += x[1].elements[n * 8 + i] / 3 }
      }
      return product(x[0], means)
    }
  }

  @Test func `transposition exchanges the last two axes, and twice is none`() throws {
    try expectSame(a.transposed, shapes: [[2, 3, 2, 4]]) { x in
      var result: [Double] = []
      for n in 0..<2 {
        for y in 0..<3 { for c in 0..<4 { for z in 0..<2 { result.append(x[0][n, y, z, c]) } } }
      }
      return result
    }
    try expectSame(a.transposed.transposed, shapes: [[2, 3, 4]]) { $0[0].elements }
  }

  @Test func `the Gram matrix is the sum over positions of the products of units`() throws {
    try expectSame(a.gramMatrix, shapes: [[2, 3, 2, 4]]) { x in
      let matrix = x[0].reshaped(to: [2, 6, 4])
      return product(matrix, matrix, left: true)
    }
  }

  /// The vectors along the last axis of a tensor.
  private func vectors(_ x: DoubleTensor) -> [[Double]] {
    let width = x.shape.last!
    return stride(from: 0, to: x.count, by: width).map { Array(x.elements[$0..<$0 + width]) }
  }

  private func dot(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).map { $0 * $1 }.reduce(0, +)
  }

  @Test func `dot products and cosines are those of vectors`() throws {
    try expectSame(a.dot(b, over: -1), shapes: [[2, 3, 4], [2, 3, 4]]) {
      zip(vectors($0[0]), vectors($0[1])).map { dot($0, $1) }
    }
    try expectSame(a.cosineSimilarity(to: b), shapes: [[2, 3, 4], [2, 3, 4]]) {
      zip(vectors($0[0]), vectors($0[1])).map { p, q in
        let lengths = [p, q].map { dot($0, $0).squareRoot() + 1e-4 }
        return dot(p, q) / lengths[0] / lengths[1]
      }
    }
    let x = Tensor(shape: [1, 2], elements: [3, 4])
    #expect(try values(of: a.dot(Tensor(shape: [2], elements: [1, 2])), at: x) == [11])
  }

  @Test func `a cell of zeros has a cosine of 0 and a finite gradient`() throws {
    let direction = TensorExpression.constant(Tensor(shape: [3], elements: [1, 2, 2]))
    let x = Tensor(shape: [1, 2, 3], elements: [0, 0, 0, 1, 2, 2])
    let cosine = a.cosineSimilarity(to: direction)
    #expect(try values(of: cosine.element(0, along: 1), at: x) == [0])
    #expect(try gradient(of: cosine.sum(), at: x).allSatisfy { $0.isFinite })
  }
}
