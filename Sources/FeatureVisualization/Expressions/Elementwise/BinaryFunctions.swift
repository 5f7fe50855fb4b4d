#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

enum SumFunction: BinaryFunction {
  static let name = "+"
  static func value(_ a: Float, _ b: Float) -> Float { a + b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g }
}

enum DifferenceFunction: BinaryFunction {
  static let name = "−"
  static func value(_ a: Float, _ b: Float) -> Float { a - b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { -g }
}

enum ProductFunction: BinaryFunction {
  static let name = "×"
  static func value(_ a: Float, _ b: Float) -> Float { a * b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g * b }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g * a }
}

enum QuotientFunction: BinaryFunction {
  static let name = "÷"
  static func value(_ a: Float, _ b: Float) -> Float { a / b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { g / b }
  // a / b is formed first, since b² may overflow.
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { -(g * (a / b)) / b }
}

/// The larger of two numbers, NaN where one is. Equal ones leave the gradient to the left.
enum LargerFunction: BinaryFunction {
  static let name = "maximum"
  static func value(_ a: Float, _ b: Float) -> Float { a >= b || a != a ? a : b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { a >= b || a != a ? g : 0 }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float {
    a >= b || a != a ? 0 : g
  }
}

/// The smaller of two numbers, NaN where one is. Equal ones leave the gradient to the left.
enum SmallerFunction: BinaryFunction {
  static let name = "minimum"
  static func value(_ a: Float, _ b: Float) -> Float { a <= b || a != a ? a : b }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float { a <= b || a != a ? g : 0 }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float {
    a <= b || a != a ? 0 : g
  }
}

/// a to the power of b. What 0 to any power above 0 depends on the power is nothing.
enum PowerFunction: BinaryFunction {
  static let name = "power"
  static func value(_ a: Float, _ b: Float) -> Float { powf(a, b) }
  static func leftGradient(_ g: Float, _ a: Float, _ b: Float) -> Float {
    b == 0 ? 0 : g * b * powf(a, b - 1)
  }
  static func rightGradient(_ g: Float, _ a: Float, _ b: Float) -> Float {
    a == 0 && b > 0 ? 0 : g * powf(a, b) * logf(a)
  }
}
