/// The shape of a value as a vector of numbers: ONNX' Shape. It is part of shape arithmetic, and no layer.
public struct Extents: NumberOperation {
  public init() {}

  public var kind: String { "Extents" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [[inputs[0].count]]
  }

  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    [NumberArray(operands[0].shape)]
  }
}
