/// What is summed of each element: the element itself, or its square.
///
/// The loops are requirements, so that each term has its own, compiled for it.
protocol SumTerm: Sendable {
  static func value(_ x: Float) -> Float
  /// The gradient of x, given that of the sum.
  static func gradient(_ g: Float, _ x: Float) -> Float

  /// The sum, in an order that depends on `count` alone.
  static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Double
  /// Adds each term to a sum of its own.
  static func add(_ x: UnsafePointer<Float>, _ count: Int, to sums: UnsafeMutablePointer<Double>)
  /// Adds to the gradients of elements, given those of their sums: one for all, where the step is 0, or one for each.
  static func pullBack(
    _ x: UnsafePointer<Float>, _ count: Int, _ g: UnsafePointer<Float>, step: Int, factor: Float,
    to gradient: UnsafeMutablePointer<Float>)
}

extension SumTerm {
  static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Double {
    var (s0, s1, s2, s3, s4, s5, s6, s7) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    let whole = count / 8 * 8
    for i in stride(from: 0, to: whole, by: 8) {
      s0 += Double(value(x[i]))
      s1 += Double(value(x[i + 1]))
      s2 += Double(value(x[i + 2]))
      s3 += Double(value(x[i + 3]))
      s4 += Double(value(x[i + 4]))
      s5 += Double(value(x[i + 5]))
      s6 += Double(value(x[i + 6]))
      s7 += Double(value(x[i + 7]))
    }
    var rest = 0.0
    for i in whole..<count { rest += Double(value(x[i])) }
    let lower = (s0 + s1) + (s2 + s3)
    let upper = (s4 + s5) + (s6 + s7)
    return lower + upper + rest
  }

  static func add(_ x: UnsafePointer<Float>, _ count: Int, to sums: UnsafeMutablePointer<Double>) {
    for i in 0..<count { sums[i] += Double(value(x[i])) }
  }

  static func pullBack(
    _ x: UnsafePointer<Float>, _ count: Int, _ g: UnsafePointer<Float>, step: Int, factor: Float,
    to gradient: UnsafeMutablePointer<Float>
  ) {
    if step == 0 {
      let share = g[0] * factor
      for i in 0..<count { gradient[i] += Self.gradient(share, x[i]) }
    } else {
      for i in 0..<count { gradient[i] += Self.gradient(g[i] * factor, x[i]) }
    }
  }
}

enum ElementTerm: SumTerm {
  static func value(_ x: Float) -> Float { x }
  static func gradient(_ g: Float, _ x: Float) -> Float { g }
}

enum SquareTerm: SumTerm {
  static func value(_ x: Float) -> Float { x * x }
  static func gradient(_ g: Float, _ x: Float) -> Float { g * (2 * x) }
}
