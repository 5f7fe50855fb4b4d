/// The coordinates of the numbers that are not 0, one column for each in order: ONNX' NonZero.
///
/// How many there are depends on the operand, so that it is part of shape arithmetic, and no layer.
public struct NonZeroPositions: NumberOperation {
  public init() {}

  public var kind: String { "NonZero" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    throw ShapeError("the positions of what is not 0 among numbers that the network computes")
  }

  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    let found = operands[0].numbers.count { $0 != 0 }
    return try NumberArray.count(of: [max(operands[0].shape.count, 1), found])
  }

  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let (shape, numbers) = (operands[0].shape, operands[0].numbers)
    let found = numbers.indices.filter { numbers[$0] != 0 }
    let rows = zip(NumberArray.strides(of: shape), shape).flatMap { stride, extent in
      found.map { Double($0 / stride % extent) }
    }
    return [NumberArray(shape: [shape.count, found.count], numbers: rows)]
  }
}
