/// Numbers that follow from the shapes of other values, as attention's `1 / √d` does where an exporter computes
/// it in the graph: a constant once the sizes of the inputs are known.
public struct ShapeConstant: LayerOperation {
  /// The numbers.
  public let numbers: ShapeExpression

  public init(_ numbers: ShapeExpression) { self.numbers = numbers }

  public var kind: String { "ShapeConstant" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 0...0 }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Constant(Tensor(try evaluator.evaluate(numbers)))
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try ShapeExpression.Evaluator.constants.evaluate(numbers).shape]
  }
}
