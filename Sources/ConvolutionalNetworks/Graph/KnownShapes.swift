/// The shapes of a network's values as far as they are known on the way through its layers, and the numbers of its
/// shape arithmetic.
package struct KnownShapes {
  /// The logical shapes by value.
  package private(set) var shapes: [String: [Int]]
  /// The numbers of the values that shape arithmetic makes (`ShapeConstant`).
  private var numbers: [String: NumberArray] = [:]
  /// What is counted of the arithmetic.
  private let work = ShapeExpression.Work()

  /// The most axes that a value may have: NumPy's number.
  package static let mostAxes = 64
  /// The most elements of a value. Products of its extents can be computed with.
  private static let mostElements = 1e11

  package init(_ shapes: [String: [Int]] = [:]) { self.shapes = shapes }

  /// A layer's operation with its shape arithmetic done.
  package mutating func resolve(_ layer: Layer) throws(ShapeError) -> any LayerOperation {
    if let constant = layer.operation as? ShapeConstant {
      let array = try evaluator.evaluate(constant.numbers)
      if let value = layer.outputs.first { numbers[value] = array }
      return Constant(Tensor(array))
    }
    return try layer.operation.resolved(evaluator)
  }

  /// Takes a value to have a shape.
  ///
  /// - Throws: `ShapeError` for one that cannot be computed with, also where an axis is empty.
  package mutating func add(_ shape: [Int], of value: String) throws(ShapeError) {
    guard shape.count <= Self.mostAxes else {
      throw ShapeError("the result has \(shape.count) axes, and may have \(Self.mostAxes)")
    }
    guard shape.allSatisfy({ $0 >= 0 }),
      shape.reduce(1.0, { $0 * Double(max($1, 1)) }) <= Self.mostElements
    else { throw ShapeError("the result of shape \(shape) is too large") }
    shapes[value] = shape
  }

  /// The numbers that an expression stands for, as far as they follow from what is known.
  package func numbers(_ expression: ShapeExpression) -> NumberArray? {
    try? evaluator.evaluate(expression)
  }

  // Made anew for each layer: while somebody holds it, adding a shape would copy all of them.
  private var evaluator: ShapeExpression.Evaluator {
    let (shapes, numbers) = (shapes, numbers)
    return ShapeExpression.Evaluator(
      work: work,
      shape: { name throws(ShapeError) in
        guard let shape = shapes[name] else {
          throw ShapeError("the shape of '\(name)' is unknown")
        }
        return shape
      },
      numbers: { name throws(ShapeError) in
        guard let array = numbers[name] else { throw ShapeError("'\(name)' is unknown") }
        return array
      })
  }
}
