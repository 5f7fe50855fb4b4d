/// Inserts axes of extent 1, in the network's logical order.
public struct Unsqueeze: LayerOperation {
  /// The positions of the new axes in the output; negative positions count from its end.
  public let axes: [Int]

  public init(axes: [Int]) { self.axes = axes }

  public var kind: String { "Unsqueeze" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let rank = inputs[0].count + axes.count
    var inserted: Set<Int> = []
    for axis in axes { inserted.insert(try normalizedAxis(axis, rank: rank)) }
    guard inserted.count == axes.count else { throw ShapeError("axes \(axes) repeat one another") }
    var rest = inputs[0][...]
    return [(0..<rank).map { inserted.contains($0) ? 1 : rest.removeFirst() }]
  }
}
