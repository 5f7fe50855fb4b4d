import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Parts of tensors, and tensors put together, hold the elements that are named.
struct SlicingTests {
  private let a = TensorExpression.layer("a")
  private let b = TensorExpression.layer("b")
  private static let shape = [2, 3, 2, 4]

  /// The elements at the places along the axes of a map.
  private static func part(
    _ x: DoubleTensor, rows: [Int] = [0, 1, 2], columns: [Int] = [0, 1],
    units: [Int] = [0, 1, 2, 3]
  ) -> [Double] {
    var result: [Double] = []
    for n in 0..<x.shape[0] {
      for row in rows {
        for column in columns { for unit in units { result.append(x[n, row, column, unit]) } }
      }
    }
    return result
  }

  @Test func `units are elements of the last axis`() throws {
    try expectSame(a.units([3, 1, 3]), shapes: [Self.shape]) { Self.part($0[0], units: [3, 1, 3]) }
    try expectSame(a.units(1..<3), shapes: [Self.shape]) { Self.part($0[0], units: [1, 2]) }
    try expectSame(a.units(2...), shapes: [Self.shape]) { Self.part($0[0], units: [2, 3]) }
    try expectSame(a.units(..<2), shapes: [Self.shape]) { Self.part($0[0], units: [0, 1]) }
    try expectSame(a.units(...2), shapes: [Self.shape]) { Self.part($0[0], units: [0, 1, 2]) }
    try expectSame(a.units(..<(-1)), shapes: [Self.shape]) { Self.part($0[0], units: [0, 1, 2]) }
    try expectSame(a.units((-2)...), shapes: [Self.shape]) { Self.part($0[0], units: [2, 3]) }
    try expectSame(a.unit(2), shapes: [Self.shape]) { Self.part($0[0], units: [2]) }
    try expectSame(a.unit(-1 + 1), shapes: [Self.shape]) { Self.part($0[0], units: [0]) }
  }

  @Test func `positions are cells of a map`() throws {
    try expectSame(a.at(.center), shapes: [Self.shape]) {
      Self.part($0[0], rows: [1], columns: [1])
    }
    try expectSame(
      a.at([.cell(row: 2, column: 0), .cell(row: 0, column: 0)]), shapes: [Self.shape]
    ) { Self.part($0[0], rows: [2, 0], columns: [0]) }
    try expectSame(a.slice(1..., along: 1), shapes: [Self.shape]) {
      Self.part($0[0], rows: [1, 2])
    }
    try expectSame(a.element(1, along: 2), shapes: [Self.shape]) {
      Self.part($0[0], columns: [1])
    }
  }

  /// Protects what is not computed: units and positions that a subject does not name may be NaN.
  @Test func `a layer of which units and positions are read gives these alone`() throws {
    let read = TensorExpression.layer("a", units: [2, 0], positions: [.cell(row: 1, column: 1)])
    let loss = DerivedLoss("Read", minimizing: read.sum())
    #expect(
      loss.subjects == [.layer("a", units: [2, 0], positions: [.cell(row: 1, column: 1)])])
    var x = Tensor(shape: [1, 2, 2, 3], repeating: .nan)
    x[0, 1, 1, 0] = 5
    x[0, 1, 1, 2] = 7
    #expect(try loss.values(at: [x]) == [12])
    #expect(
      try loss.gradients(at: [x])[0].elements == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1])
    #expect(DerivedLoss("Shape", minimizing: read.positions.sum()).subjects == loss.subjects)
  }

  @Test func `reshaping keeps the elements`() throws {
    try expectSame(a.positions, shapes: [Self.shape]) { $0[0].elements }
    try expectSame(a.reshaped(to: [4, -1]) * a.reshaped(to: [4, 6]), shapes: [Self.shape]) {
      $0[0].elements.map { $0 * $0 }
    }
    try expectSame(a.positions.mean(over: 1), shapes: [Self.shape]) { x in
      let flat = x[0].reshaped(to: [2, 6, 4])
      var result: [Double] = []
      for n in 0..<2 {
        for c in 0..<4 {
          var sum: Double = 0
          for position in 0..<6 { sum += flat[n, position, c] }
          result.append(sum / 6)
        }
      }
      return result
    }
  }

  @Test func `tensors are put together along an axis`() throws {
    // The blocks of two tensors in turn.
    func inTurn(_ x: [DoubleTensor], _ left: Int, _ right: Int) -> [Double] {
      var result: [Double] = []
      for block in 0..<x[0].count / left {
        result += x[0].elements[block * left..<(block + 1) * left]
        result += x[1].elements[block * right..<(block + 1) * right]
      }
      return result
    }
    try expectSame(a.concatenated(with: b, along: -1), shapes: [[2, 2, 3], [2, 2, 1]]) {
      inTurn($0, 3, 1)
    }
    try expectSame(a.concatenated(with: b, along: 1), shapes: [[2, 1, 3], [2, 2, 3]]) {
      inTurn($0, 3, 6)
    }
  }

  @Test func `one picture is the same for every picture, and couples them`() throws {
    let difference = a - a.picture(0)
    try expectSame(difference, shapes: [[3, 4]]) { x in
      var result: [Double] = []
      for n in 0..<3 { for c in 0..<4 { result.append(x[0][n, c] - x[0][0, c]) } }
      return result
    }
    #expect(DerivedLoss("x", minimizing: difference.sum()).couplesPictures)
    #expect(DerivedLoss("x", minimizing: a.sum() + a.pictures(1...).sum()).couplesPictures)
  }
}
