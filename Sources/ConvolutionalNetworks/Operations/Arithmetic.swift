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
