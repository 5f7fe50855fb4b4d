#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

struct NegationFunction: UnaryFunction {
  var name: String { "negation" }
  func value(_ x: Float) -> Float { -x }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { -g }
}

struct SquareFunction: UnaryFunction {
  var name: String { "square" }
  func value(_ x: Float) -> Float { x * x }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { g * (2 * x) }
}

/// |x|; 0 leaves no gradient.
struct MagnitudeFunction: UnaryFunction {
  var name: String { "magnitude" }
  func value(_ x: Float) -> Float { x.magnitude }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { x > 0 ? g : x < 0 ? -g : 0 }
}

struct ExponentialFunction: UnaryFunction {
  var name: String { "exponential" }
  func value(_ x: Float) -> Float { expf(x) }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { g * y }
}

struct LogarithmFunction: UnaryFunction {
  var name: String { "logarithm" }
  func value(_ x: Float) -> Float { logf(x) }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { g / x }
}

struct SquareRootFunction: UnaryFunction {
  var name: String { "square root" }
  func value(_ x: Float) -> Float { x.squareRoot() }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { g / (2 * y) }
}

/// √x of a sum of squares, which has its least value at 0: no gradient there.
struct LengthFunction: UnaryFunction {
  var name: String { "norm" }
  func value(_ x: Float) -> Float { x.squareRoot() }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { y == 0 ? 0 : g / (2 * y) }
}

/// x to a fixed power.
struct FixedPowerFunction: UnaryFunction {
  let exponent: Float
  var name: String { "power \(exponent)" }
  func value(_ x: Float) -> Float { powf(x, exponent) }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float {
    exponent == 0 ? 0 : g * (exponent * powf(x, exponent - 1))
  }
}

/// x held between two numbers; what is beyond them leaves no gradient.
struct ClampFunction: UnaryFunction {
  let low, high: Float
  var name: String { "clamp to \(low)…\(high)" }
  func value(_ x: Float) -> Float { x < low ? low : x > high ? high : x }
  func gradient(_ g: Float, _ x: Float, _ y: Float) -> Float { x < low || x > high ? 0 : g }
}
