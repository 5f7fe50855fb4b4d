import ConvolutionalNetworks
import Testing

/// Shapes are computed from a file's numbers: right where they fit, an error and never a trap where not.
@Suite("Shape arithmetic")
struct ShapeArithmeticTests {
  private func array(_ numbers: [Double], _ shape: [Int]? = nil) -> NumberArray {
    NumberArray(shape: shape ?? [numbers.count], numbers: numbers)
  }

  /// Protects the elementwise operations and their broadcasting.
  @Test func elementwise() throws {
    let column = array([1, 2], [2, 1])
    let row = array([10, 20, 30])
    #expect(
      try ArrayOperation.add.apply(to: [column, row])
        == array([11, 21, 31, 12, 22, 32], [2, 3]))
    #expect(try ArrayOperation.subtract.apply(to: [row, array([1], [])]) == array([9, 19, 29]))
    #expect(try ArrayOperation.multiply.apply(to: [row, row]) == array([100, 400, 900]))
    #expect(try ArrayOperation.divide.apply(to: [row, array([4])]) == array([2.5, 5, 7.5]))
    #expect(try ArrayOperation.maximum.apply(to: [row, array([15])]) == array([15, 20, 30]))
    #expect(try ArrayOperation.minimum.apply(to: [row, array([15])]) == array([10, 15, 15]))
    #expect(
      try ArrayOperation.power.apply(to: [array([4, 9]), array([0.5])]) == array([2, 3]))
    #expect(
      try ArrayOperation.function(.absolute).apply(to: [array([1.5, -2])]) == array([1.5, 2]))
    #expect(try ArrayOperation.floor.apply(to: [array([1.5, -1.5])]) == array([1, -2]))
    #expect(try ArrayOperation.ceil.apply(to: [array([1.5, -1.5])]) == array([2, -1]))
    #expect(try ArrayOperation.truncate.apply(to: [array([1.5, -1.5])]) == array([1, -1]))
    #expect(try ArrayOperation.negate.apply(to: [array([1, -2])]) == array([-1, 2]))
  }

  /// Protects division of integers, which rounds towards zero and cannot divide by zero.
  @Test func integerDivision() throws {
    let numbers = array([7, -7, 6])
    #expect(
      try ArrayOperation.divideIntegers.apply(to: [numbers, array([2])]) == array([3, -3, 3]))
    #expect(throws: ShapeError.self) {
      try ArrayOperation.divideIntegers.apply(to: [numbers, array([0])])
    }
  }

  /// Protects gathering along any axis, from both ends, into the shape of the positions.
  @Test func gather() throws {
    let table = array([0, 1, 2, 10, 11, 12], [2, 3])
    #expect(
      try ArrayOperation.gather(axis: 1).apply(to: [table, array([2, -3])])
        == array([2, 0, 12, 10], [2, 2]))
    #expect(
      try ArrayOperation.gather(axis: 0).apply(to: [table, array([1], [])])
        == array([10, 11, 12]))
    for position in [2.0, -3, 0.5, .nan, 1e300] {
      #expect(throws: ShapeError.self) {
        try ArrayOperation.gather(axis: 0).apply(to: [table, array([position])])
      }
    }
  }

  /// Protects joining along an inner axis.
  @Test func concatenate() throws {
    let left = array([1, 2], [2, 1])
    let right = array([3, 4, 5, 6], [2, 2])
    #expect(
      try ArrayOperation.concatenate(axis: -1).apply(to: [left, right])
        == array([1, 3, 4, 2, 5, 6], [2, 3]))
    #expect(throws: ShapeError.self) {
      try ArrayOperation.concatenate(axis: 0).apply(to: [left, right])
    }
  }

  /// Protects slices, backwards and with steps that are larger than anything.
  @Test func slice() throws {
    let table = array([0, 1, 2, 10, 11, 12], [2, 3])
    let largest = Double(Int64.max)
    let backwards = [table, array([-1]), array([-largest]), array([1]), array([-2])]
    #expect(try ArrayOperation.slice.apply(to: backwards) == array([2, 0, 12, 10], [2, 2]))
    let one = [table, array([1]), array([largest]), array([1]), array([largest])]
    #expect(try ArrayOperation.slice.apply(to: one) == array([1, 11], [2, 1]))
    let none = [table, array([2, 0]), array([1, 3])]
    #expect(try ArrayOperation.slice.apply(to: none) == array([], [0, 3]))
    #expect(throws: ShapeError.self) {
      try ArrayOperation.slice.apply(to: [table, array([0]), array([1]), array([0]), array([0])])
    }
  }

  /// Protects the operations that change the shape alone.
  @Test func shapes() throws {
    let row = array([1, 2, 3, 4])
    #expect(
      try ArrayOperation.reshape.apply(to: [row, array([2, -1])]) == array([1, 2, 3, 4], [2, 2]))
    #expect(
      try ArrayOperation.unsqueeze(axes: [0, -1]).apply(to: [row])
        == array([1, 2, 3, 4], [1, 4, 1])
    )
    #expect(
      try ArrayOperation.squeeze(axes: nil).apply(to: [array([1, 2], [1, 2, 1])]) == array([1, 2]))
    #expect(throws: ShapeError.self) { try ArrayOperation.squeeze(axes: [0]).apply(to: [row]) }
    #expect(throws: ShapeError.self) {
      try ArrayOperation.reshape.apply(to: [row, array([1e18, 1e18])])
    }
  }

  /// Protects repetitions along every axis.
  @Test func tiles() throws {
    let table = array([1, 2, 3, 4], [2, 2])
    #expect(
      try ArrayOperation.tile.apply(to: [table, array([1, 2])])
        == array([1, 2, 1, 2, 3, 4, 3, 4], [2, 4]))
    #expect(
      try ArrayOperation.tile.apply(to: [array([1, 2]), array([3])]) == array([1, 2, 1, 2, 1, 2]))
    for repeats in [[1.0], [-1, 1], [1e6, 1e6], [1e18, 1]] {
      #expect(throws: ShapeError.self) {
        try ArrayOperation.tile.apply(to: [table, array(repeats)])
      }
    }
  }

  /// Protects comparisons and choices, as an Expand whose shape holds −1 is exported.
  @Test func conditions() throws {
    let shape = array([-1, 3, -1])
    let isFree = try ArrayOperation.equal.apply(to: [shape, array([-1], [])])
    #expect(isFree == array([1, 0, 1]))
    #expect(
      try ArrayOperation.choose.apply(to: [isFree, array([1], []), shape]) == array([1, 3, 1]))
    #expect(throws: ShapeError.self) {
      try ArrayOperation.choose.apply(to: [isFree, array([1, 2]), shape])
    }
  }

  /// Protects reductions along an axis, kept or not, along none, and of nothing.
  @Test func reductions() throws {
    let table = array([3, -1, 2, 0, -4, 4], [2, 3])
    func reduced(
      _ operation: Reduction.Operator, _ axes: [Int]?, keepsAxes: Bool = false,
      of operand: NumberArray? = nil
    ) throws -> NumberArray {
      try ArrayOperation.reduce(Reduction(operation, axes: axes, keepsAxes: keepsAxes))
        .apply(to: [operand ?? table])
    }
    #expect(try reduced(.sum, [1]) == array([4, 0]))
    #expect(try reduced(.sum, [0], keepsAxes: true) == array([3, -5, 6], [1, 3]))
    #expect(try reduced(.mean, [-1]) == array([4 / 3.0, 0]))
    #expect(try reduced(.l1Norm, [1]) == array([6, 8]))
    #expect(try reduced(.sumOfSquares, nil) == array([46], []))
    #expect(try reduced(.l2Norm, [1], of: array([3, 4], [1, 2])) == array([5]))
    #expect(try reduced(.maximum, [0]) == array([3, -1, 4]))
    #expect(try reduced(.minimum, []) == table)
    let nothing = array([], [2, 0])
    #expect(try reduced(.sum, [1], of: nothing) == array([0, 0]))
    #expect(try reduced(.maximum, [1], of: nothing) == array([-.infinity, -.infinity]))
    #expect(throws: ShapeError.self) { try reduced(.mean, [1], of: nothing) }
    #expect(throws: ShapeError.self) { try reduced(.sum, [2]) }
  }

  /// Protects product, filling and counting.
  @Test func made() throws {
    #expect(try ArrayOperation.product.apply(to: [array([2, 3, 4])]) == array([24], []))
    #expect(try ArrayOperation.fill(7).apply(to: [array([1, 2])]) == array([7, 7], [1, 2]))
    #expect(try ArrayOperation.fill(7).apply(to: [array([])]) == array([7], []))
    let countdown = [array([5], []), array([0], []), array([-2], [])]
    #expect(try ArrayOperation.range.apply(to: countdown) == array([5, 3, 1]))
  }

  /// Protects against arrays that cannot be: too large, negative, endless, or of too few operands.
  @Test func impossible() {
    let operations: [(ArrayOperation, [NumberArray])] = [
      (.fill(0), [array([1e9, 1e9])]), (.fill(0), [array([-1])]),
      (.fill(0), [array([0, 1e18, 1e18])]),
      (.range, [array([0]), array([1]), array([0])]),
      (.range, [array([0]), array([1e300]), array([1])]),
      (.range, [array([0]), array([.infinity]), array([1])]), (.add, [array([1])]),
      (.add, [array([1, 2]), array([1, 2, 3])]), (.slice, [array([1])]),
      (.concatenate(axis: 0), []), (.gather(axis: 5), [array([1]), array([0])]),
    ]
    for (operation, operands) in operations {
      #expect(throws: ShapeError.self) { try operation.apply(to: operands) }
    }
  }

  /// Protects expressions over shapes that are known only later.
  @Test func expression() throws {
    let half = ShapeExpression.apply(
      .divideIntegers, [.shape(of: "x", start: -2, end: nil), .constant([2])])
    #expect(half.constantValue == nil)
    #expect(half.values == ["x"])
    let evaluator = ShapeExpression.Evaluator { _ throws(ShapeError) in [1, 3, 8, 11] }
    #expect(try evaluator.integers(half) == [4, 5])
  }
}
