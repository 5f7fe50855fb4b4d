/// Sums of all elements up to each one along a logical axis: `y[i] = Σ_{j ≤ i} x[j]`.
public struct CumulativeSum: LayerOperation, Equatable {
  /// The axis; negative axes count from the end.
  public let axis: Int
  /// Whether an element itself is left out of its sum.
  public let isExclusive: Bool
  /// Whether the sums are of all elements from each one on.
  public let isReversed: Bool

  public init(axis: Int, isExclusive: Bool = false, isReversed: Bool = false) {
    self.axis = axis
    self.isExclusive = isExclusive
    self.isReversed = isReversed
  }

  public var kind: String { "CumulativeSum" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    _ = try normalizedAxis(axis, rank: inputs[0].count)
    return inputs
  }
}
