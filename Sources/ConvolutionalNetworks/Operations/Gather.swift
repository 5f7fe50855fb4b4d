/// Takes the parts of a value at some positions along a logical axis: `y[…, p, …] = x[…, positions[p], …]`.
///
/// The axis is replaced by the axes of `positions`, none if that is a single number.
public struct Gather: LayerOperation {
  /// The axis; negative axes count from the end.
  public let axis: Int
  /// The positions, in any shape; negative ones count from the end.
  public let positions: ShapeExpression

  public init(axis: Int, positions: ShapeExpression) {
    self.axis = axis
    self.positions = positions
  }

  public var kind: String { "Gather" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Gather(axis: axis, positions: .constant(try evaluator.evaluate(positions)))
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    let axis = try normalizedAxis(axis, rank: input.count)
    _ = try places(extent: input[axis])
    let positions = try ShapeExpression.Evaluator.constants.evaluate(positions)
    return [input[..<axis] + positions.shape + input[(axis + 1)...]]
  }

  /// The positions in order, counted from the front of an axis of `extent` cells.
  package func places(extent: Int) throws(ShapeError) -> [Int] {
    let positions = try ShapeExpression.Evaluator.constants.evaluate(positions).integers()
    guard positions.allSatisfy({ (-extent..<extent).contains($0) }) else {
      throw ShapeError("positions beyond an axis of \(extent)")
    }
    return positions.map { $0 < 0 ? $0 + extent : $0 }
  }
}
