/// The numbers from a start to before an end in steps, a vector: ONNX' Range. The operands are one number each.
///
/// How many numbers there are depends on the operands, so that it is part of shape arithmetic, and no layer.
public struct NumberRange: NumberOperation {
  public init() {}

  public var kind: String { "Range" }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> { 3...3 }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    throw ShapeError("a range of numbers that the network computes")
  }

  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    guard operands.allSatisfy({ $0.numbers.count == 1 && $0.numbers[0].isFinite }),
      operands[2].numbers[0] != 0
    else { throw ShapeError("a range needs a start, an end and a step other than 0") }
    let (start, end, step) = (
      operands[0].numbers[0], operands[1].numbers[0], operands[2].numbers[0]
    )
    let steps = max(((end - start) / step).rounded(.up), 0)
    return Int(exactly: steps) ?? .max
  }

  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let count = try numberCount(of: operands)
    guard count <= NumberArray.largestCount else {
      throw ShapeError("a range of \(count) numbers")
    }
    let (start, step) = (operands[0].numbers[0], operands[2].numbers[0])
    return [NumberArray(shape: [count], numbers: (0..<count).map { start + Double($0) * step })]
  }
}
