/// A value from the file that no input changes.
public struct Constant: LayerOperation {
  /// The value, in the network's logical axis order.
  public let value: Tensor

  public init(_ value: Tensor) { self.value = value }

  public var kind: String { "Constant" }
  public var inputCount: ClosedRange<Int> { 0...0 }
  public var parameters: [LayerParameter] { [LayerParameter("value", value)] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [value.shape]
  }
}
