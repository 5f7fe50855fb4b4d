/// Adds cells round a value, or with negative amounts crops it.
public struct Pad: LayerOperation {
  /// What the new cells hold.
  public enum Mode: Sendable, Equatable {
    /// This number.
    case constant(Float)
    /// The value mirrored at its edge, the edge itself not repeated.
    case reflect
    /// The value at the edge.
    case edge
    /// The value from the opposite side.
    case wrap
  }

  /// What the new cells hold.
  public let mode: Mode
  /// The cells before each logical axis (of `axes`), then those after each.
  public let amounts: ShapeExpression
  /// The logical axes padded; `nil` is every axis.
  public let axes: [Int]?

  public init(_ mode: Mode, amounts: ShapeExpression, axes: [Int]? = nil) {
    self.mode = mode
    self.amounts = amounts
    self.axes = axes
  }

  public var kind: String { "Pad" }
  public var parameters: [LayerParameter] { [] }

  public func resolved(_ evaluator: ShapeExpression.Evaluator) throws(ShapeError)
    -> any LayerOperation
  {
    Pad(mode, amounts: .constant(try evaluator.evaluate(amounts)), axes: axes)
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    var result = input
    for (axis, (before, after)) in try paddings(rank: input.count).enumerated() {
      result[axis] += before + after
      guard input[axis] + min(before, 0) + min(after, 0) >= 0 else {
        throw ShapeError("axis \(axis) is cropped below nothing")
      }
      let reach = max(before, after)
      let limit =
        switch mode {
        case .constant: Int.max
        case .reflect: input[axis] - 1
        case .edge: input[axis] > 0 ? Int.max : 0
        case .wrap: input[axis]
        }
      guard reach <= limit else {
        throw ShapeError("\(reach) cells cannot be taken from \(input[axis])")
      }
    }
    return [result]
  }

  /// The cells before and after each logical axis of a value of `rank` axes.
  package func paddings(rank: Int) throws(ShapeError) -> [(before: Int, after: Int)] {
    let amounts = try ShapeExpression.Evaluator.constants.integers(amounts)
    let axes = axes ?? Array(0..<rank)
    guard amounts.count == 2 * axes.count, amounts.allSatisfy({ $0.magnitude <= 1 << 24 }) else {
      throw ShapeError("\(amounts) does not pad \(axes.count) axes")
    }
    var result = [(before: Int, after: Int)](repeating: (0, 0), count: rank)
    for (position, axis) in axes.enumerated() {
      result[try normalizedAxis(axis, rank: rank)] = (
        amounts[position], amounts[position + axes.count]
      )
    }
    return result
  }
}
