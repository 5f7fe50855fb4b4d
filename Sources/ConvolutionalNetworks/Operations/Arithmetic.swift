/// An elementwise operation on two values, with broadcasting.
public struct Arithmetic: LayerOperation {
  /// The operation between the two operands.
  public enum Operator: String, Sendable, CaseIterable {
    case add = "Add"
    case subtract = "Subtract"
    case multiply = "Multiply"
    case divide = "Divide"
    /// The larger operand; the gradient of equal ones goes to the first.
    case maximum = "Maximum"
    /// The smaller operand; the gradient of equal ones goes to the first.
    case minimum = "Minimum"
    /// The first operand to the power of the second; no number where that is complex.
    case power = "Power"
    /// What is left of a division rounded towards 0, which has the sign of the first operand: C's `fmod`.
    case remainder = "Remainder"
    /// What is left of a division rounded down, which has the sign of the second operand: Python's `%`.
    case modulo = "Modulo"
  }

  /// The operation between the two operands.
  public let `operator`: Operator

  public init(_ operator: Operator) { self.operator = `operator` }

  public var kind: String { `operator`.rawValue }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 2...2 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try broadcastShape(inputs[0], inputs[1])]
  }
}
