/// Takes every `step`-th element from `start` to before `end` along some logical axes.
public struct Slice: LayerOperation {
  /// The first position of each axis; negative positions count from the end.
  public let starts: ShapeExpression
  /// The position each axis ends before; clamped to the extent.
  public let ends: ShapeExpression
  /// The logical axes; `nil` is the first ones.
  public let axes: ShapeExpression?
  /// The steps, negative ones walking back; `nil` is 1.
  public let steps: ShapeExpression?

  public init(
    starts: ShapeExpression, ends: ShapeExpression, axes: ShapeExpression? = nil,
    steps: ShapeExpression? = nil
  ) {
    self.starts = starts
    self.ends = ends
    self.axes = axes
    self.steps = steps
  }

  public var kind: String { "Slice" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    var axes: ShapeExpression?
    var steps: ShapeExpression?
    if let expression = self.axes { axes = .constant(try evaluator.evaluate(expression)) }
    if let expression = self.steps { steps = .constant(try evaluator.evaluate(expression)) }
    return Slice(
      starts: .constant(try evaluator.evaluate(starts)),
      ends: .constant(try evaluator.evaluate(ends)), axes: axes, steps: steps)
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    [try ranges(for: inputs[0]).map(\.count)]
  }

  /// What is taken of one axis: `count` elements from `start` on, `step` apart.
  package struct Range: Sendable, Equatable {
    package let start: Int
    package let step: Int
    package let count: Int
  }

  /// What is taken of each logical axis of a value of shape `shape`.
  package func ranges(for shape: [Int]) throws(ShapeError) -> [Range] {
    let evaluator = ShapeExpression.Evaluator.constants
    let starts = try evaluator.integers(starts)
    let ends = try evaluator.integers(ends)
    let axes = try axes.map(evaluator.integers) ?? Array(starts.indices)
    let steps = try steps.map(evaluator.integers) ?? starts.map { _ in 1 }
    guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count else {
      throw ShapeError("starts, ends, axes and steps differ in number")
    }
    var result = shape.map { Range(start: 0, step: 1, count: $0) }
    for (position, axis) in axes.enumerated() {
      let axis = try normalizedAxis(axis, rank: shape.count)
      result[axis] = try Self.range(
        from: starts[position], to: ends[position], step: steps[position], extent: shape[axis])
    }
    return result
  }

  /// A step that is not taken may be as large as a file likes, so that it is not kept.
  private static func taken(_ count: Int, from start: Int, step: Int) -> Range {
    Range(start: count > 0 ? start : 0, step: count > 1 ? step : 1, count: count)
  }

  private static func range(from start: Int, to end: Int, step: Int, extent: Int)
    throws(ShapeError) -> Range
  {
    guard step != 0, step != Int.min else { throw ShapeError("step \(step)") }
    func position(_ p: Int, _ low: Int, _ high: Int) -> Int {
      min(max(p < 0 ? p &+ extent : p, low), high)
    }
    if step > 0 {
      let first = position(max(start, -extent), 0, extent)
      let last = position(max(end, -extent), 0, extent)
      let count = last > first ? (last - first - 1) / step + 1 : 0
      return taken(count, from: first, step: step)
    }
    // Walking back, "before the first element" is −1, which a negative end reaches only by overshooting.
    let first = position(max(start, -extent - 1), -1, extent - 1)
    let last = end < -extent ? -1 : position(end, -1, extent - 1)
    let count = first > last ? (first - last - 1) / -step + 1 : 0
    return taken(count, from: first, step: step)
  }
}
