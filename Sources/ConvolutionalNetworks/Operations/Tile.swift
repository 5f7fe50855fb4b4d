/// Repeats a value along its logical axes.
public struct Tile: LayerOperation {
  /// How often the value is repeated along each logical axis.
  public let repeats: ShapeExpression

  public init(repeats: ShapeExpression) { self.repeats = repeats }

  public var kind: String { "Tile" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Tile(repeats: .constant(try evaluator.evaluate(repeats)))
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [zip(inputs[0], try counts(rank: inputs[0].count)).map { $0 * $1 }]
  }

  /// The repetitions along each axis of a value of `rank` axes.
  package func counts(rank: Int) throws(ShapeError) -> [Int] {
    let counts = try ShapeExpression.Evaluator.constants.integers(repeats)
    guard counts.count == rank, counts.allSatisfy({ (1...1 << 24).contains($0) }) else {
      throw ShapeError("\(counts) does not repeat \(rank) axes")
    }
    return counts
  }
}
