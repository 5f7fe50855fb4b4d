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
    case .remainder: { fmod($0, $1) }
    case .modulo: { $0 - ($0 / $1).rounded(.down) * $1 }
    }
  }
}

extension MathFunction: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    [operands[0].mapped(function)]
  }

  private var function: (Double) -> Double {
    switch self {
    case .absolute: { abs($0) }
    case .exponential: { exp($0) }
    case .logarithm: { log($0) }
    case .squareRoot: { $0.squareRoot() }
    case .reciprocal: { 1 / $0 }
    case .errorFunction: { erf($0) }
    case .sine: { sin($0) }
    case .cosine: { cos($0) }
    case .tangent: { tan($0) }
    case .arcsine: { asin($0) }
    case .arccosine: { acos($0) }
    case .arctangent: { atan($0) }
    case .hyperbolicSine: { sinh($0) }
    case .hyperbolicCosine: { cosh($0) }
    case .hyperbolicArcsine: { asinh($0) }
    case .hyperbolicArccosine: { acosh($0) }
    case .hyperbolicArctangent: { atanh($0) }
    case .floor: { $0.rounded(.down) }
    case .ceiling: { $0.rounded(.up) }
    case .round: { $0.rounded(.toNearestOrEven) }
    case .truncate: { $0.rounded(.towardZero) }
    case .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
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
