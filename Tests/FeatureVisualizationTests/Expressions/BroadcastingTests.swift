import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Operands of fewer elements stand for many by the rule that `TensorExpression` states, with the gradients of sums.
struct BroadcastingTests {
  private let a = TensorExpression.layer("a")
  private let b = TensorExpression.layer("b")
  private static let shape = [2, 3, 2, 4]

  /// Products of a map with a tensor of which `place` says which element is met.
  private func check(
    _ shape: [Int], sourceLocation: SourceLocation = #_sourceLocation,
    _ place: @escaping (_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int
  ) throws {
    func product(_ tensors: [DoubleTensor], divides: Bool) -> [Double] {
      var result: [Double] = []
      for n in 0..<2 {
        for y in 0..<3 {
          for x in 0..<2 {
            for c in 0..<4 {
              let other = tensors[1].elements[place(n, y, x, c)]
              let element = tensors[0][n, y, x, c]
              result.append(divides ? other / element : element * other)
            }
          }
        }
      }
      return result
    }
    try expectSame(a * b, shapes: [Self.shape, shape], sourceLocation: sourceLocation) {
      product($0, divides: false)
    }
    try expectSame(
      b / a, shapes: [Self.shape, shape], in: 0.5...2, sourceLocation: sourceLocation
    ) { product($0, divides: true) }
  }

  @Test func `a number for each picture goes with anything`() throws {
    try check([2]) { n, _, _, _ in n }
  }

  @Test func `axes of a picture are aligned at their end`() throws {
    try check([2, 4]) { n, _, _, c in 4 * n + c }
    try check([2, 2, 4]) { n, _, x, c in 8 * n + 4 * x + c }
    try check([2, 1]) { n, _, _, _ in n }
    try check([2, 3, 1, 1]) { n, y, _, _ in 3 * n + y }
    try check([2, 3, 1, 4]) { n, y, _, c in 12 * n + 4 * y + c }
    try check([2, 2, 1]) { n, _, x, _ in 2 * n + x }
  }

  @Test func `constants without pictures are the same for each`() throws {
    let constant = Tensor(shape: [2, 4], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    try expectSame(a * constant, shapes: [Self.shape]) { x in
      var result = x[0].elements
      for i in result.indices { result[i] *= Double(i % 8 + 1) }
      return result
    }
    // Both operands can be the smaller one along some axis.
    let column = Tensor(shape: [3, 1], elements: [1, 2, 3])
    try expectSame(a * column, shapes: [[2, 1, 4]]) { x in
      var result: [Double] = []
      for n in 0..<2 {
        for factor in [1.0, 2, 3] { for c in 0..<4 { result.append(x[0][n, 0, c] * factor) } }
      }
      return result
    }
  }

  @Test func `constants of each picture go with that picture`() throws {
    let own = TensorExpression.constants(eachOf: Tensor(shape: [2], elements: [10, 20]))
    try expectSame(a * own, shapes: [[2, 3]]) { x in
      var result: [Double] = []
      for (n, factor) in [10.0, 20].enumerated() {
        for c in 0..<3 { result.append(x[0][n, c] * factor) }
      }
      return result
    }
  }
}
