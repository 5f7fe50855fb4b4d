/// One number in place of all elements along some logical axes: their sum, mean, norm or extremum.
public struct Reduction: LayerOperation, Equatable {
  /// What becomes of the `n` elements x.
  public enum Operator: String, Sendable, CaseIterable {
    /// `Σ x`.
    case sum = "Sum"
    /// `Σ x / n`; over the spatial axes it is global average pooling.
    case mean = "Mean"
    /// `Σ x²`.
    case sumOfSquares = "SumOfSquares"
    /// `Σ |x|`.
    case l1Norm = "L1Norm"
    /// `√(Σ x²)`; its gradient where every element is 0 is 0.
    case l2Norm = "L2Norm"
    /// `Π x`.
    case product = "Product"
    /// `ln Σ x`, no number for a sum below 0.
    case logSum = "LogSum"
    /// `ln Σ eˣ`, which does not overflow before x does.
    case logSumExp = "LogSumExp"
    /// The largest element; equal ones share its gradient equally, whatever the axis order.
    case maximum = "Maximum"
    /// The smallest element; equal ones share its gradient equally, whatever the axis order.
    case minimum = "Minimum"
  }

  /// What becomes of the elements.
  public let `operator`: Operator
  /// The axes reduced; `nil` is all of them. Negative axes count from the end.
  public let axes: [Int]?
  /// Whether the reduced axes stay, with extent 1.
  public let keepsAxes: Bool

  public init(_ operator: Operator, axes: [Int]?, keepsAxes: Bool = true) {
    self.operator = `operator`
    self.axes = axes
    self.keepsAxes = keepsAxes
  }

  public var kind: String { "Reduce\(`operator`.rawValue)" }
  public var parameters: [LayerParameter] { [] }

  /// Nothing has a sum, which is 0, a product, which is 1, and an extremum, which is infinite, but no mean.
  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let input = inputs[0]
    let reduced = try reducedAxes(rank: input.count)
    guard `operator` != .mean || reduced.allSatisfy({ input[$0] > 0 }) else {
      throw ShapeError("the mean of nothing")
    }
    return [
      input.indices.compactMap { reduced.contains($0) ? (keepsAxes ? 1 : nil) : input[$0] }
    ]
  }

  /// The logical axes reduced, counted from the front.
  package func reducedAxes(rank: Int) throws(ShapeError) -> Set<Int> {
    guard let axes else { return Set(0..<rank) }
    var result: Set<Int> = []
    for axis in axes { result.insert(try normalizedAxis(axis, rank: rank)) }
    return result
  }
}
