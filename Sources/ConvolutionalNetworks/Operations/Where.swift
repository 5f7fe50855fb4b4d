/// Chooses between two values, element by element: the second input where the first, a condition, is not 0,
/// else the third; all three with broadcasting. Conditions have no gradient.
public struct Where: LayerOperation {
  public init() {}

  public var kind: String { "Where" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 3...3 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try broadcastShape(inputs[0], broadcastShape(inputs[1], inputs[2]))]
  }
}
