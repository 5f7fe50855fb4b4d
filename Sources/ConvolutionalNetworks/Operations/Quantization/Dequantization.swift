/// The real numbers that integers stand for: `y = (q − z) · s`.
public struct Dequantization: LayerOperation, Equatable {
  /// s and z.
  public let grid: QuantizationGrid

  public init(_ grid: QuantizationGrid) { self.grid = grid }

  public var kind: String { "Dequantization" }
  public var parameters: [LayerParameter] { grid.parameters }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    try grid.check(inputs[0])
    return inputs
  }
}
