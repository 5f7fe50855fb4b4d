import ConvolutionalNetworks
import Testing

/// Shapes are computed from a file's numbers: right where they fit, an error and never a trap where not.
@Suite("Shape arithmetic")
struct ShapeArithmeticTests {
  private func array(_ numbers: [Double], _ shape: [Int]? = nil) -> NumberArray {
    NumberArray(shape: shape ?? [numbers.count], numbers: numbers)
  }

  /// What an expression of one operation stands for.
  private func result(
    _ operation: any LayerOperation, _ operands: [NumberArray], output: Int = 0,
    _ type: ShapeExpression.NumberType = .float
  ) throws -> NumberArray {
    try ShapeExpression.Evaluator.constants.evaluate(
      .apply(operation, operands.map(ShapeExpression.constant), output: output, type))
  }

  /// Protects the elementwise operations and their broadcasting.
  @Test func elementwise() throws {
    let column = array([1, 2], [2, 1])
    let row = array([10, 20, 30])
    #expect(
      try result(Arithmetic(.add), [column, row]) == array([11, 21, 31, 12, 22, 32], [2, 3]))
    #expect(try result(Arithmetic(.subtract), [row, array([1], [])]) == array([9, 19, 29]))
    #expect(try result(Arithmetic(.multiply), [row, row]) == array([100, 400, 900]))
    #expect(try result(Arithmetic(.divide), [row, array([4])]) == array([2.5, 5, 7.5]))
    #expect(try result(Arithmetic(.maximum), [row, array([15])]) == array([15, 20, 30]))
    #expect(try result(Arithmetic(.minimum), [row, array([15])]) == array([10, 15, 15]))
    #expect(try result(Arithmetic(.power), [array([4, 9]), array([0.5])]) == array([2, 3]))
    #expect(try result(MathFunction.absolute, [array([1.5, -2])]) == array([1.5, 2]))
    #expect(try result(MathFunction.floor, [array([1.5, -1.5])]) == array([1, -2]))
    #expect(try result(MathFunction.ceiling, [array([1.5, -1.5])]) == array([2, -1]))
  }

  /// Protects the type of a result: integers are cut towards zero, and cannot be infinite; floats are rounded to single
  /// precision, as a runtime has them that computes in it.
  @Test func types() throws {
    let numbers = array([7, -7, 6])
    #expect(try result(Arithmetic(.divide), [numbers, array([2])], .integer) == array([3, -3, 3]))
    #expect(try result(Identity(), [array([1.5, -1.5])], .integer) == array([1, -1]))
    #expect(throws: ShapeError.self) {
      try result(Arithmetic(.divide), [numbers, array([0])], .integer)
    }
    // In double precision this is 6.9999998.
    let product = try result(Arithmetic(.multiply), [array([Double(Float(0.7))]), array([10])])
    #expect(try result(MathFunction.floor, [product], .integer) == array([7]))
    let large = Double(1 << 53 - 1)
    #expect(try result(Identity(), [array([large])], .integer) == array([large]))
  }

  /// Protects gathering along any axis, from both ends, into the shape of the positions.
  @Test func gather() throws {
    let table = array([0, 1, 2, 10, 11, 12], [2, 3])
    func gathered(_ axis: Int, _ positions: NumberArray) throws -> NumberArray {
      try result(Gather(axis: axis, positions: .constant(positions)), [table])
    }
    #expect(try gathered(1, array([2, -3])) == array([2, 0, 12, 10], [2, 2]))
    #expect(try gathered(0, array([1], [])) == array([10, 11, 12]))
    for position in [2.0, -3, 0.5, .nan, 1e300] {
      #expect(throws: ShapeError.self) { try gathered(0, array([position])) }
    }
    #expect(throws: ShapeError.self) { try gathered(5, array([0])) }
  }

  /// Protects joining along an inner axis, and cutting along it again.
  @Test func concatenationAndParts() throws {
    let left = array([1, 2], [2, 1])
    let right = array([3, 4, 5, 6], [2, 2])
    let joined = array([1, 3, 4, 2, 5, 6], [2, 3])
    #expect(try result(Concatenation(axis: -1), [left, right]) == joined)
    #expect(try result(Split(axis: 1, sizes: [1, 2]), [joined]) == left)
    #expect(try result(Split(axis: 1, sizes: [1, 2]), [joined], output: 1) == right)
    #expect(throws: ShapeError.self) { try result(Concatenation(axis: 0), [left, right]) }
    #expect(throws: ShapeError.self) { try result(Split(axis: 1, parts: 2), [joined], output: 2) }
  }

  /// Protects slices, backwards and with steps that are larger than anything.
  @Test func slice() throws {
    let table = array([0, 1, 2, 10, 11, 12], [2, 3])
    let largest = Double(Int64.max)
    func sliced(
      _ start: [Double], _ end: [Double], _ axes: [Double]? = nil, _ steps: [Double]? = nil
    ) throws -> NumberArray {
      let slice = Slice(
        starts: .constant(array(start)), ends: .constant(array(end)),
        axes: axes.map { .constant(array($0)) }, steps: steps.map { .constant(array($0)) })
      return try result(slice, [table])
    }
    #expect(try sliced([-1], [-largest], [1], [-2]) == array([2, 0, 12, 10], [2, 2]))
    #expect(try sliced([1], [largest], [1], [largest]) == array([1, 11], [2, 1]))
    #expect(try sliced([2, 0], [1, 3]) == array([], [0, 3]))
    #expect(throws: ShapeError.self) { try sliced([0], [1], [0], [0]) }
    #expect(throws: ShapeError.self) { try sliced([0], [1, 2]) }
  }

  /// Protects the operations that change the shape alone, and turning axes.
  @Test func shapes() throws {
    let row = array([1, 2, 3, 4])
    #expect(try result(Reshape(to: [2, -1]), [row]) == array([1, 2, 3, 4], [2, 2]))
    #expect(try result(Unsqueeze(axes: [0, -1]), [row]) == array([1, 2, 3, 4], [1, 4, 1]))
    #expect(try result(Squeeze(axes: nil), [array([1, 2], [1, 2, 1])]) == array([1, 2]))
    #expect(try result(Flatten(axis: 0), [row]) == array([1, 2, 3, 4], [1, 4]))
    let table = array([0, 1, 2, 10, 11, 12], [2, 3])
    #expect(try result(Transpose(nil), [table]) == array([0, 10, 1, 11, 2, 12], [3, 2]))
    let block = array([0, 1, 2, 10, 11, 12], [1, 2, 3])
    #expect(try result(Transpose([2, 0, 1]), [block]) == array([0, 10, 1, 11, 2, 12], [3, 1, 2]))
    #expect(throws: ShapeError.self) { try result(Squeeze(axes: [0]), [row]) }
    #expect(throws: ShapeError.self) {
      try result(Reshape(to: .constant(array([1e18, 1e18]))), [row])
    }
  }

  /// Protects repetitions along every axis.
  @Test func repetitions() throws {
    let table = array([1, 2, 3, 4], [2, 2])
    func tiled(_ operand: NumberArray, _ repeats: [Double]) throws -> NumberArray {
      try result(Tile(repeats: .constant(array(repeats))), [operand])
    }
    #expect(try tiled(table, [1, 2]) == array([1, 2, 1, 2, 3, 4, 3, 4], [2, 4]))
    #expect(try tiled(array([1, 2]), [3]) == array([1, 2, 1, 2, 1, 2]))
    for repeats in [[1.0], [-1, 1], [1e6, 1e6], [1e18, 1]] {
      #expect(throws: ShapeError.self) { try tiled(table, repeats) }
    }
    func filled(_ shape: [Double]) throws -> NumberArray {
      try result(Expand(to: .constant(array(shape))), [array([7], [])])
    }
    #expect(try filled([1, 2]) == array([7, 7], [1, 2]))
    #expect(try filled([]) == array([7], []))
    #expect(try filled([2, 0]) == array([], [2, 0]))
    for shape in [[1e9, 1e9], [-1], [0, 1e18, 1e18]] {
      #expect(throws: ShapeError.self) { try filled(shape) }
    }
  }

  /// Protects comparisons and choices, as an Expand whose shape holds −1 is exported.
  @Test func choice() throws {
    let shape = array([-1, 3, -1])
    let isFree = try result(Comparison.equal, [shape, array([-1], [])])
    #expect(isFree == array([1, 0, 1]))
    #expect(try result(Where(), [isFree, array([1], []), shape]) == array([1, 3, 1]))
    #expect(throws: ShapeError.self) { try result(Where(), [isFree, array([1, 2]), shape]) }
  }

  /// Protects reductions along an axis, kept or not, along none, and of nothing.
  @Test func reductions() throws {
    let table = array([3, -1, 2, 0, -4, 4], [2, 3])
    func reduced(
      _ operation: Reduction.Operator, _ axes: [Int]?, keepsAxes: Bool = false,
      of operand: NumberArray? = nil
    ) throws -> NumberArray {
      try result(Reduction(operation, axes: axes, keepsAxes: keepsAxes), [operand ?? table])
    }
    #expect(try reduced(.sum, [1]) == array([4, 0]))
    #expect(try reduced(.sum, [0], keepsAxes: true) == array([3, -5, 6], [1, 3]))
    #expect(try reduced(.mean, [-1]) == array([Double(Float(4 / 3.0)), 0]))
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

  /// Protects product and counting.
  @Test func made() throws {
    #expect(
      try result(Reduction(.product, axes: nil, keepsAxes: false), [array([2, 3, 4])])
        == array([24], []))
    let countdown = [array([5], []), array([0], []), array([-2], [])]
    #expect(try result(NumberRange(), countdown) == array([5, 3, 1]))
  }

  /// Protects operations that say nothing of numbers: a program computes them, where single precision holds the operands.
  @Test func programs() throws {
    let map = array((0..<16).map(Double.init), [1, 1, 4, 4])
    let maxima = Pooling(.maximum, window: SlidingWindow(kernel: [2, 2], stride: [2, 2]))
    #expect(
      try result(maxima, [map], .integer) == array([5, 7, 13, 15], [1, 1, 2, 2]))
    let padded = Pad(.reflect, amounts: .constant([1, 1]))
    #expect(try result(padded, [array([1, 2, 3])]) == array([2, 1, 2, 3, 2]))
    #expect(throws: ShapeError.self) { try result(padded, [array([1, 2, 0x1p24 + 1])], .integer) }
  }

  /// Protects against arrays that cannot be: too large, endless, or of too few operands.
  @Test func impossible() {
    let operations: [(any LayerOperation, [NumberArray])] = [
      (NumberRange(), [array([0]), array([1]), array([0])]),
      (NumberRange(), [array([0]), array([1e300]), array([1])]),
      (NumberRange(), [array([0]), array([.infinity]), array([1])]),
      (Arithmetic(.add), [array([1])]), (Arithmetic(.add), [array([1, 2]), array([1, 2, 3])]),
      (Concatenation(axis: 0), []), (Where(), [array([1])]),
    ]
    for (operation, operands) in operations {
      #expect(throws: ShapeError.self) { try result(operation, operands) }
    }
  }

  /// Protects expressions over shapes that are known only later.
  @Test func expression() throws {
    let half = ShapeExpression.apply(
      Arithmetic(.divide), [.shape(of: "x", start: -2, end: nil), .constant([2])], .integer)
    #expect(half.constantValue == nil)
    #expect(half.values == ["x"])
    let evaluator = ShapeExpression.Evaluator { _ throws(ShapeError) in [1, 3, 8, 11] }
    #expect(try evaluator.integers(half) == [4, 5])
  }
}
