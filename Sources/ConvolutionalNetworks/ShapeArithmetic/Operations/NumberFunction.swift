/// Functions of numbers that shape arithmetic has and networks have not.
public enum NumberFunction: String, NumberOperation {
  case floor = "Floor"
  case ceil = "Ceil"
  /// 1 where two numbers are equal, else 0.
  case equal = "Equal"
  /// What is left of a division rounded down, which has the divisor's sign.
  case modulo = "Modulo"
  /// The product of all numbers.
  case product = "Product"

  public var kind: String { rawValue }
  public var parameters: [LayerParameter] { [] }
  public var inputCount: ClosedRange<Int> {
    switch self {
    case .equal, .modulo: 2...2
    case .floor, .ceil, .product: 1...1
    }
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    switch self {
    case .equal, .modulo: [try broadcastShape(inputs[0], inputs[1])]
    case .floor, .ceil: inputs
    case .product: [[]]
    }
  }

  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    switch self {
    case .floor: [operands[0].mapped { $0.rounded(.down) }]
    case .ceil: [operands[0].mapped { $0.rounded(.up) }]
    case .equal: [try operands[0].combined(with: operands[1]) { $0 == $1 ? 1 : 0 }]
    case .modulo:
      [
        try operands[0].combined(with: operands[1]) { $0 - ($0 / $1).rounded(.down) * $1 }
      ]
    case .product: [NumberArray(shape: [], numbers: [operands[0].numbers.reduce(1, *)])]
    }
  }
}
