import ConvolutionalNetworks

/// Numbers that are known once the sizes of the inputs are.
struct ShapeNumbers: Sendable {
  let expression: ShapeExpression
  /// Whether division rounds, as it does between integers.
  let isInteger: Bool
  /// The number of operations in the expression.
  private let size: Int

  /// A graph may use a result many times over, so that expressions could grow exponentially.
  private static let largestSize = 1024

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

  /// The result of an operation, computed at once where all operands are known.
  init(_ operation: ArrayOperation, _ operands: [ShapeNumbers], isInteger: Bool)
    throws(ONNXError.Problem)
  {
    self.isInteger = isInteger
    let applied = ShapeExpression.apply(operation, operands.map(\.expression))
    let operandSizes = operands.reduce(1) { $0 + $1.size }
    if operands.allSatisfy({ $0.constant != nil }) {
      do throws(ShapeError) {
        expression = .constant(try ShapeExpression.Evaluator.constants.evaluate(applied))
        size = 1
      } catch {
        throw .shapeArithmetic(reason: error.reason)
      }
    } else {
      guard operandSizes <= Self.largestSize else {
        throw .unsupported("shape arithmetic of more than \(Self.largestSize) operations")
      }
      expression = applied
      size = operandSizes
    }
  }

  /// The same numbers, taken as integers or not.
  init(_ numbers: ShapeNumbers, isInteger: Bool) {
    expression = numbers.expression
    self.isInteger = isInteger
    size = numbers.size
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
