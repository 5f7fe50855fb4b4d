#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension NumberArray {
  /// The function of each number.
  func mapped(_ function: MathFunction) -> NumberArray {
    switch function {
    case .absolute: mapped { abs($0) }
    case .exponential: mapped { exp($0) }
    case .logarithm: mapped { log($0) }
    case .squareRoot: mapped { $0.squareRoot() }
    case .reciprocal: mapped { 1 / $0 }
    case .errorFunction: mapped { erf($0) }
    }
  }

  /// Each number to the power of another, with broadcasting.
  func raised(to exponents: NumberArray) throws(ShapeError) -> NumberArray {
    try combined(with: exponents) { pow($0, $1) }
  }
}
