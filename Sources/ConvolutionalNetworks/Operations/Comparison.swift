/// A question about two values, element by element with broadcasting: 1 where the answer is yes, else 0. It has no
/// gradient.
public enum Comparison: String, LayerOperation, CaseIterable {
  /// `a = b`.
  case equal = "Equal"
  /// `a ≠ b`; no number differs from itself.
  case notEqual = "NotEqual"
  /// `a < b`.
  case less = "Less"
  /// `a ≤ b`.
  case lessOrEqual = "LessOrEqual"
  /// `a > b`.
  case greater = "Greater"
  /// `a ≥ b`.
  case greaterOrEqual = "GreaterOrEqual"
  /// Whether neither is 0.
  case and = "And"
  /// Whether at least one is not 0.
  case or = "Or"
  /// Whether just one is not 0.
  case exclusiveOr = "Xor"

  public var kind: String { rawValue }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 2...2 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try broadcastShape(inputs[0], inputs[1])]
  }
}
