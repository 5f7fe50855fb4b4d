import FeatureVisualization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// How near two places on the plane count: `1 / (1 + a d²ᵇ)`, fitted to 1 up to a distance and `exp(−(d − distance))` beyond.
struct NearnessCurve {
  let a: Double
  let b: Double

  /// Fits a and b by least squares at 300 distances from 0 to 3, by Gauss's steps, damped as Levenberg does.
  init(minimumDistance: Double) {
    let points = (0..<300).map { 3 * Double($0) / 299 }
    let wanted = points.map { $0 < minimumDistance ? 1 : exp(-($0 - minimumDistance)) }
    func error(_ a: Double, _ b: Double) -> Double {
      zip(points, wanted).reduce(0) { sum, point in
        let difference = 1 / (1 + a * pow(point.0, 2 * b)) - point.1
        return sum + difference * difference
      }
    }
    var (a, b, damping) = (1.0, 1.0, 1e-3)
    var least = error(a, b)
    for _ in 0..<200 {
      // JᵀJ and Jᵀr.
      var (aa, ab, bb, ra, rb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (x, y) in zip(points, wanted) where x > 0 {
        let power = pow(x, 2 * b)
        let value = 1 / (1 + a * power)
        let (da, db) = (-value * value * power, -value * value * a * power * 2 * log(x))
        aa += da * da
        ab += da * db
        bb += db * db
        ra += da * (value - y)
        rb += db * (value - y)
      }
      let (p, q) = (aa * (1 + damping), bb * (1 + damping))
      let determinant = p * q - ab * ab
      guard determinant > 0 else { break }
      let (stepA, stepB) = ((q * ra - ab * rb) / determinant, (p * rb - ab * ra) / determinant)
      let tried = error(a - stepA, b - stepB)
      if tried < least {
        (a, b, least, damping) = (a - stepA, b - stepB, tried, damping / 10)
        if abs(stepA) + abs(stepB) < 1e-10 { break }
      } else {
        damping *= 10
        if damping > 1e10 { break }
      }
    }
    (self.a, self.b) = (a, b)
  }
}
