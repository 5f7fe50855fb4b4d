#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// How likely two sets of numbers of one mean have means as far apart, whatever their variances.
///
/// Welch 1947, https://doi.org/10.1093/biomet/34.1-2.28.
struct WelchTest {
  /// Of both sides, 0…1; 1 where means are the same, 0 where they differ and nothing varies.
  let probability: Double

  init(_ left: [Double], _ right: [Double]) {
    func moments(_ numbers: [Double]) -> (mean: Double, error: Double, freedom: Double) {
      let count = Double(numbers.count)
      let mean = numbers.reduce(0, +) / count
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
      return (mean, variance / count, max(1, count - 1))
    }
    let (a, b) = (moments(left), moments(right))
    let error = a.error + b.error
    guard error > 0 else {
      probability = a.mean == b.mean ? 1 : 0
      return
    }
    let square = (a.mean - b.mean) * (a.mean - b.mean) / error
    let freedom =
      error * error / (a.error * a.error / a.freedom + b.error * b.error / b.freedom)
    probability = Self.incompleteBeta(freedom / (freedom + square), freedom / 2, 0.5)
  }

  /// The regularised incomplete beta function `I_x(a, b)`, by Lentz's continued fraction.
  ///
  /// https://dlmf.nist.gov/8.17.E22.
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below this point, and the function is symmetric.
    if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
    let beta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
    let power: Double = a * log(x) + b * log(1 - x)
    let front = exp(power - beta) / a
    var (fraction, c, d) = (1.0, 1.0, 0.0)
    for step in 0..<1000 {
      let term = step == 0 ? 1 : coefficient(step, x, a, b)
      d = 1 + term * d
      if abs(d) < 1e-300 { d = 1e-300 }
      d = 1 / d
      c = 1 + term / c
      if abs(c) < 1e-300 { c = 1e-300 }
      fraction *= c * d
      if abs(1 - c * d) < 1e-15 { break }
    }
    return front * (fraction - 1)
  }

  /// What stands above the fraction's line at a step.
  private static func coefficient(_ step: Int, _ x: Double, _ a: Double, _ b: Double) -> Double {
    let m = Double(step / 2)
    let place = a + 2 * m
    guard step % 2 == 0 else { return -(a + m) * (a + b + m) * x / (place * (place + 1)) }
    return m * (b - m) * x / ((place - 1) * place)
  }
}
