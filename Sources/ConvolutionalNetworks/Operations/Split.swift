/// Cuts a value into several along a logical axis.
public struct Split: LayerOperation {
  /// The axis cut; negative axes count from the end.
  public let axis: Int
  /// The extents of the parts; `nil` cuts into `parts` of equal extent, the last one smaller if need be.
  public let sizes: [Int]?
  /// The number of parts.
  public let parts: Int

  /// Parts of these extents.
  public init(axis: Int, sizes: [Int]) {
    self.axis = axis
    self.sizes = sizes
    parts = sizes.count
  }

  /// Parts of equal extent, the last one smaller if need be.
  public init(axis: Int, parts: Int) {
    self.axis = axis
    sizes = nil
    self.parts = parts
  }

  public var kind: String { "Split" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    let axis = try normalizedAxis(axis, rank: input.count)
    guard parts > 0 else { throw ShapeError("no parts") }
    let share = (input[axis] + parts - 1) / parts
    let sizes =
      sizes ?? (0..<parts).map { max(min(share, input[axis] - $0 * share), 0) }
    guard sizes.allSatisfy({ $0 >= 0 }), sizes.reduce(0, +) == input[axis] else {
      throw ShapeError("parts of \(sizes) do not make up \(input[axis])")
    }
    return sizes.map { size in
      var part = input
      part[axis] = size
      return part
    }
  }
}
