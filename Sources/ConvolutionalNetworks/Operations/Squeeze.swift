/// Drops axes of extent 1, in the network's logical order.
public struct Squeeze: LayerOperation {
  /// The axes dropped; `nil` drops every axis of extent 1.
  public let axes: [Int]?

  public init(axes: [Int]?) { self.axes = axes }

  public var kind: String { "Squeeze" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    var dropped: Set<Int> = []
    if let axes {
      for axis in axes { dropped.insert(try normalizedAxis(axis, rank: input.count)) }
    } else {
      dropped = Set(input.indices.filter { input[$0] == 1 })
    }
    guard dropped.allSatisfy({ input[$0] == 1 }) else {
      throw ShapeError("axes \(dropped.sorted()) are not all of extent 1")
    }
    return [input.indices.filter { !dropped.contains($0) }.map { input[$0] }]
  }
}
