/// What a file asks for and this package does not compute. A network may hold it: layers that do not depend on it are
/// computed as ever, and asking for one that does is an error with the reason.
public struct UnsupportedOperation: LayerOperation {
  /// The operation's name in the file, such as `NonMaxSuppression`.
  public let kind: String
  /// Why it is not computed, in words.
  public let reason: String

  public init(kind: String, reason: String) {
    self.kind = kind
    self.reason = reason
  }

  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 0...Int.max }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    throw ShapeError(reason)
  }
}
