/// What a layer computes: a value type with its attributes and weights, and the rule of its output shape.
///
/// Shapes here are logical, in the network's own axis order. How an operation runs is the business of its
/// kernel (see `CompilableOperation`).
public protocol LayerOperation: Sendable {
  /// The operation's name in reports, such as `Convolution`.
  var kind: String { get }

  /// How many values it reads.
  var inputCount: ClosedRange<Int> { get }

  /// All trained numbers that it holds. A network is made of finite ones only, but for constants.
  var parameters: [LayerParameter] { get }

  /// The rule that its own numbers break, in words; `nil` where they are sound.
  var fault: String? { get }

  /// The operation with every shape expression replaced by its value for the input shapes at hand.
  ///
  /// - Throws: `ShapeError` where an expression cannot be evaluated.
  func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError) -> any LayerOperation

  /// The logical shapes of the outputs for logical input shapes.
  ///
  /// - Throws: `ShapeError` naming the rule that the inputs break.
  func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]

  /// Multiplications fused with additions for one forward pass; 0 where arithmetic is negligible.
  func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int
}

extension LayerOperation {
  public var inputCount: ClosedRange<Int> { 1...1 }
  public var fault: String? { nil }
  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  { self }
  public func multiplyAdds(inputs: [[Int]], outputs: [[Int]]) -> Int { 0 }
}

extension LayerOperation {
  /// The number of trained numbers it holds.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.values.count } }
}

/// The rule that the inputs of an operation break, in words; the network adds the layer's name.
public struct ShapeError: Error, Equatable, Sendable {
  /// The rule and the values that break it.
  public let reason: String

  public init(_ reason: String) { self.reason = reason }
}
