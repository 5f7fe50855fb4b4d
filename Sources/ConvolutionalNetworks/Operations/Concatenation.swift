/// Joins its inputs along a logical axis.
public struct Concatenation: LayerOperation {
  /// The axis joined; negative axes count from the end.
  public let axis: Int

  public init(axis: Int) { self.axis = axis }

  public var kind: String { "Concatenation" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 1...Int.max }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    var result = inputs[0]
    let axis = try normalizedAxis(axis, rank: result.count)
    for input in inputs.dropFirst() {
      guard input.count == result.count,
        input.indices.allSatisfy({ $0 == axis || input[$0] == result[$0] })
      else { throw ShapeError("inputs differ outside axis \(axis)") }
      result[axis] += input[axis]
    }
    return [result]
  }
}
