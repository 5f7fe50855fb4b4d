#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

// What operations on each element make of exact numbers.

extension Arithmetic: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    [try operands[0].combined(with: operands[1], function)]
  }

  private var function: (Double, Double) -> Double {
    switch `operator` {
    case .add: { $0 + $1 }
    case .subtract: { $0 - $1 }
    case .multiply: { $0 * $1 }
    case .divide: { $0 / $1 }
    case .maximum: { max($0, $1) }
    case .minimum: { min($0, $1) }
    case .power: { pow($0, $1) }
    }
  }
}

extension MathFunction: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    switch self {
    case .absolute: [operands[0].mapped { abs($0) }]
    case .exponential: [operands[0].mapped { exp($0) }]
    case .logarithm: [operands[0].mapped { log($0) }]
    case .squareRoot: [operands[0].mapped { $0.squareRoot() }]
    case .reciprocal: [operands[0].mapped { 1 / $0 }]
    case .errorFunction: [operands[0].mapped { erf($0) }]
    }
  }
}

extension Where: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let shape = try outputShapes(for: operands.map(\.shape), layout: .channelsFirst)[0]
    let spread = operands.map { $0.broadcast(to: shape).numbers }
    let numbers = spread[0].indices.map { spread[0][$0] != 0 ? spread[1][$0] : spread[2][$0] }
    return [NumberArray(shape: shape, numbers: numbers)]
  }

  /// Condition and choices are spread out before.
  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    let count = try resultCount(of: operands.map(\.shape))
    return count.addingClamped(count).addingClamped(count).addingClamped(count)
  }
}
