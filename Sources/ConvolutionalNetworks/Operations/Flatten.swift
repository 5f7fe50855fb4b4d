/// Joins the axes before and from `axis` on into one each, in the network's logical order.
public struct Flatten: LayerOperation {
  /// The first axis of the second group; negative axes count from the end.
  public let axis: Int

  public init(axis: Int = 1) { self.axis = axis }

  public var kind: String { "Flatten" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    guard (-input.count...input.count).contains(axis) else {
      throw ShapeError("axis \(axis) of a tensor of \(input.count) axes")
    }
    let axis = axis < 0 ? axis + input.count : axis
    return [[input[..<axis].reduce(1, *), input[axis...].reduce(1, *)]]
  }
}
