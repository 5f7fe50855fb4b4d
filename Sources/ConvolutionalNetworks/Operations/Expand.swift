/// Stretches the axes of extent 1, and adds axes before the first, so that a value fills a shape.
public struct Expand: LayerOperation {
  /// The logical shape that the value is broadcast against; where it says 1 the value's extent stays.
  public let shape: ShapeExpression

  public init(to shape: ShapeExpression) { self.shape = shape }

  public var kind: String { "Expand" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Expand(to: .constant(try evaluator.evaluate(shape)))
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let shape = try ShapeExpression.Evaluator.constants.integers(shape)
    guard shape.allSatisfy({ $0 > 0 }) else { throw ShapeError("\(shape) is no shape to fill") }
    return [try broadcastShape(inputs[0], shape)]
  }
}
