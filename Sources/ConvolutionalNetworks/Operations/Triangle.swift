/// The upper or lower triangle of matrices, which lie in the last two axes; 0 elsewhere.
public struct Triangle: LayerOperation, Equatable {
  /// The part of a matrix that stays.
  public enum Part: String, Sendable, CaseIterable {
    case upper = "UpperTriangle"
    case lower = "LowerTriangle"
  }

  /// The part of a matrix that stays.
  public let part: Part
  /// The diagonal where it ends, which belongs to it: above the main one where positive.
  public let diagonal: Int

  public init(_ part: Part, diagonal: Int = 0) {
    self.part = part
    self.diagonal = diagonal
  }

  public var kind: String { part.rawValue }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    guard inputs[0].count >= 2 else { throw ShapeError("the triangle of no matrix") }
    return inputs
  }
}
