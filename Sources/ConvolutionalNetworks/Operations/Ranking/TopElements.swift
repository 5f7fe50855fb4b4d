/// The largest or smallest elements along a logical axis in order, and a second output with their positions: ONNX' TopK.
/// The gradient of the first output goes to the elements; the positions have none.
///
/// Of equal elements the one that comes first is first.
public struct TopElements: LayerOperation, Equatable {
  /// How many elements are taken.
  public let elementCount: Int
  /// The axis; negative axes count from the end.
  public let axis: Int
  /// Whether the largest elements are taken, and not the smallest.
  public let takesLargest: Bool

  public init(_ elementCount: Int, axis: Int = -1, takesLargest: Bool = true) {
    self.elementCount = elementCount
    self.axis = axis
    self.takesLargest = takesLargest
  }

  public var kind: String { "TopElements" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    var shape = inputs[0]
    let axis = try normalizedAxis(axis, rank: shape.count)
    guard (0...shape[axis]).contains(elementCount) else {
      throw ShapeError("the first \(elementCount) of \(shape[axis]) elements")
    }
    shape[axis] = elementCount
    return [shape, shape]
  }
}
