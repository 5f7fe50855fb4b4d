/// Gives the same elements, in the network's logical order, another shape.
public struct Reshape: LayerOperation {
  /// The new shape: −1 is inferred from the rest, 0 keeps the input's extent.
  public let shape: ShapeExpression
  /// Whether 0 means an empty axis instead.
  public let allowsZero: Bool

  public init(to shape: ShapeExpression, allowsZero: Bool = false) {
    self.shape = shape
    self.allowsZero = allowsZero
  }

  /// A reshape to known extents: −1 is inferred, 0 keeps the input's.
  public init(to shape: [Int]) { self.init(to: .constant(shape)) }

  public var kind: String { "Reshape" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Reshape(to: .constant(try evaluator.evaluate(shape)), allowsZero: allowsZero)
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    var result = try ShapeExpression.Evaluator.constants.integers(shape)
    for axis in result.indices where result[axis] == 0 && !allowsZero {
      guard axis < input.count else { throw ShapeError("no axis \(axis) to keep") }
      result[axis] = input[axis]
    }
    let count = input.reduce(1, *)
    let inferred = result.indices.filter { result[$0] == -1 }
    guard inferred.count <= 1, result.allSatisfy({ $0 >= -1 }) else {
      throw ShapeError("the shape \(result) has more than one unknown extent")
    }
    var known = 1
    for extent in result where extent != -1 {
      let (product, overflow) = known.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw ShapeError("the shape \(result) is too large") }
      known = product
    }
    if let axis = inferred.first {
      guard known > 0, count % known == 0 else {
        throw ShapeError("\(count) elements do not fit \(result)")
      }
      result[axis] = count / known
      known = count
    }
    guard known == count else { throw ShapeError("\(count) elements do not fit \(result)") }
    return [result]
  }
}
