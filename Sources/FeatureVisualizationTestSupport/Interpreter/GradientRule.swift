/// How gradients pass activation functions `y = f(x)` and maximum pooling on their way down; softmax and linear layers
/// pass them the ordinary way under every rule.
public enum GradientRule: Sendable, CaseIterable {
  /// The chain rule: `g · f′(x)`.
  case plain
  /// Guided backpropagation: `g · f′(x) · [g > 0] · [y > 0]`. Springenberg et al. 2015.
  case guided
  /// The deconvnet's rule: `g · [g > 0]` for rectifiers, `g · f′(x) · [g > 0]` for sigmoid, hard sigmoid and
  /// tanh. Zeiler and Fergus 2014.
  case rectified
  /// The redirected ReLU: where the chain rule passes nothing of a picture (an entry of the first axis), rectifiers
  /// with the range a…b pass `max(g, 0)` below a and `min(g, 0)` above b. Olah et al. 2017, lucid.
  case redirected
  /// The gradient of the average in place of that of the maximum of a window. lucid.
  case averagedMaxima
  /// The gradient of `avg(x²) / (0.01 + avg |x|)` in place of that of the maximum of a window. lucid.
  case contraharmonicMaxima

  /// The gradient below one element of an activation function.
  func pullBack(_ gradient: Double, value: Double, slope: Double, isRectifier: Bool) -> Double {
    switch self {
    case .plain, .redirected, .averagedMaxima, .contraharmonicMaxima: gradient * slope
    case .guided: gradient > 0 && value > 0 ? gradient * slope : 0
    case .rectified: gradient > 0 ? (isRectifier ? gradient : gradient * slope) : 0
    }
  }

  /// What is handed down to each value of a window from its maximum, for a gradient of 1.
  func slopesOfMaximum(of window: [Double]) -> [Double] {
    let count = Double(window.count)
    switch self {
    case .averagedMaxima: return window.map { _ in 1 / count }
    case .contraharmonicMaxima:
      let square = window.reduce(0) { $0 + $1 * $1 } / count
      let magnitude = 0.01 + window.reduce(0) { $0 + abs($1) } / count
      return window.map { x in
        let sign: Double = x > 0 ? 1 : x < 0 ? -1 : 0
        return (2 * x / magnitude - sign * square / (magnitude * magnitude)) / count
      }
    default:
      var slopes = [Double](repeating: 0, count: window.count)
      // Under a strict comparison the first of equal ones stays the winner.
      if let winner = window.indices.min(by: { window[$0] > window[$1] }) { slopes[winner] = 1 }
      return slopes
    }
  }
}
