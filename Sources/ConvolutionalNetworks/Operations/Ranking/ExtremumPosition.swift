/// The position of the largest or smallest element along a logical axis: ArgMax and ArgMin. It has no gradient.
public struct ExtremumPosition: LayerOperation, Equatable {
  /// Which element is looked for.
  public enum Extremum: String, Sendable, CaseIterable {
    case maximum = "ArgMax"
    case minimum = "ArgMin"
  }

  /// Which element is looked for.
  public let extremum: Extremum
  /// The axis; negative axes count from the end.
  public let axis: Int
  /// Whether the axis stays, with extent 1.
  public let keepsAxis: Bool
  /// Whether the last of equal elements counts, and not the first.
  public let selectsLast: Bool

  public init(_ extremum: Extremum, axis: Int, keepsAxis: Bool = true, selectsLast: Bool = false) {
    self.extremum = extremum
    self.axis = axis
    self.keepsAxis = keepsAxis
    self.selectsLast = selectsLast
  }

  public var kind: String { extremum.rawValue }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    var shape = inputs[0]
    let axis = try normalizedAxis(axis, rank: shape.count)
    guard shape[axis] > 0 else { throw ShapeError("the position of an extremum of nothing") }
    if keepsAxis { shape[axis] = 1 } else { shape.remove(at: axis) }
    return [shape]
  }
}
