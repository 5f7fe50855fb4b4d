/// The mean over some logical axes. Over the spatial ones it is global average pooling.
public struct Mean: LayerOperation {
  /// The axes averaged; `nil` is all of them. Negative axes count from the end.
  public let axes: [Int]?
  /// Whether the averaged axes stay, with extent 1.
  public let keepsAxes: Bool

  public init(axes: [Int]?, keepsAxes: Bool = true) {
    self.axes = axes
    self.keepsAxes = keepsAxes
  }

  public var kind: String { "Mean" }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    let reduced = try reducedAxes(rank: input.count)
    guard reduced.allSatisfy({ input[$0] > 0 }) else { throw ShapeError("the mean of nothing") }
    return [
      input.indices.compactMap { reduced.contains($0) ? (keepsAxes ? 1 : nil) : input[$0] }
    ]
  }

  /// The logical axes averaged, counted from the front.
  package func reducedAxes(rank: Int) throws(ShapeError) -> Set<Int> {
    guard let axes else { return Set(0..<rank) }
    var result: Set<Int> = []
    for axis in axes { result.insert(try normalizedAxis(axis, rank: rank)) }
    return result
  }
}
