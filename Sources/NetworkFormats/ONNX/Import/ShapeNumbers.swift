import ConvolutionalNetworks

/// Numbers that are known once the sizes of the inputs are.
struct ShapeNumbers: Sendable {
  let expression: ShapeExpression
  /// Whether division rounds, as it does between integers.
  let isInteger: Bool
  /// The number of operations in the expression.
  private let size: Int

  /// The most operations of an expression. What is longer is made by a layer: a graph may use a result many times
  /// over, so that expressions could grow exponentially, and as deep as the graph.
  private static let largestSize = 64

  /// Whether others should read it from a layer.
  var isLong: Bool { size > Self.largestSize }

  /// Numbers from the file.
  init(_ array: NumberArray, isInteger: Bool) {
    expression = .constant(array)
    self.isInteger = isInteger
    size = 1
  }

  /// Floats from the file.
  init(_ tensor: Tensor) {
    self.init(
      NumberArray(shape: tensor.shape, numbers: tensor.elements.map(Double.init)),
      isInteger: false)
  }

  /// The extents of a value, from `start` to before `end`.
  init(shapeOf value: String, start: Int = 0, end: Int? = nil) {
    expression = .shape(of: value, start: start, end: end)
    isInteger = true
    size = 1
  }

  /// A result of an operation on operands of which some are not known yet, or whose own attributes are not.
  init(
    _ operation: any LayerOperation, of operands: [ShapeNumbers], output: Int, isInteger: Bool
  ) {
    expression = .apply(
      operation, operands.map(\.expression), output: output, isInteger ? .integer : .float)
    self.isInteger = isInteger
    size = operands.reduce(1 + operation.expressions.reduce(0) { $0 + $1.size }) { $0 + $1.size }
  }

  /// The numbers that a layer of shape arithmetic makes.
  init(madeBy value: String, isInteger: Bool) {
    expression = .numbers(of: value)
    self.isInteger = isInteger
    size = 1
  }

  /// The numbers, where they are known already.
  var constant: NumberArray? {
    if case .constant(let array) = expression { array } else { nil }
  }

  /// Whether there are no numbers at all.
  var isEmpty: Bool { constant?.numbers.isEmpty ?? false }

  /// A vector of integers from the file.
  static func integers(_ integers: [Int]) -> ShapeNumbers {
    ShapeNumbers(NumberArray(integers), isInteger: true)
  }
}

extension ShapeExpression {
  /// The number of operations in the expression.
  fileprivate var size: Int {
    switch self {
    case .constant, .shape, .numbers: 1
    case .apply(let operation, let operands, _, _):
      (operation.expressions + operands).reduce(1) { $0 + $1.size }
    }
  }
}
