import FeatureVisualization
import Foundation

/// The points and weights of a rule of integration over 0…1.
struct Quadrature {
  /// Where the integrand is asked, 0…1 ascending.
  let nodes: [Double]
  /// How much each counts; they sum to 1.
  let weights: [Double]

  /// - Throws: `VisualizationError.invalidArgument` for fewer points than the rule has, and for more than 10,000.
  init(_ rule: IntegratedGradients.Rule, points: Int) throws(VisualizationError) {
    let least = rule == .trapezoid ? 2 : 1
    guard (least...10_000).contains(points) else {
      throw .invalidArgument("points", "\(points) is not in \(least)...10000")
    }
    switch rule {
    case .trapezoid:
      let step = 1 / Double(points - 1)
      nodes = (0..<points).map { Double($0) * step }
      weights = (0..<points).map { $0 == 0 || $0 == points - 1 ? step / 2 : step }
    case .gaussLegendre:
      let pairs = (0..<points).map { Self.gaussLegendre($0, of: points) }
      nodes = pairs.map(\.node)
      weights = pairs.map(\.weight)
    }
  }

  /// A root of the Legendre polynomial of degree n, by Newton's method from a near guess, and its weight, for 0…1.
  private static func gaussLegendre(_ index: Int, of n: Int) -> (node: Double, weight: Double) {
    var x = -cos(.pi * (Double(index) + 0.75) / (Double(n) + 0.5))
    var slope = 1.0
    for _ in 0..<100 {
      let (value, derivative) = legendre(n, x)
      slope = derivative
      let step = value / derivative
      x -= step
      if abs(step) < 1e-15 { break }
    }
    slope = legendre(n, x).slope
    return ((1 + x) / 2, 1 / ((1 - x * x) * slope * slope))
  }

  /// The Legendre polynomial of degree n and its slope, by the recurrence of three terms.
  private static func legendre(_ n: Int, _ x: Double) -> (value: Double, slope: Double) {
    var (before, value) = (1.0, x)
    for k in stride(from: 2, through: n, by: 1) {
      let k = Double(k)
      (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k)
    }
    return (value, Double(n) * (x * value - before) / (x * x - 1))
  }
}
