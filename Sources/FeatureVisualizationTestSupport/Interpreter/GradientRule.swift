/// How gradients pass activation functions `y = f(x)` on their way down; softmax and linear layers pass them
/// the ordinary way under every rule.
public enum GradientRule: Sendable, CaseIterable {
  /// The chain rule: `g · f′(x)`.
  case plain
  /// Guided backpropagation: `g · f′(x) · [g > 0] · [y > 0]`. Springenberg et al. 2015.
  case guided
  /// The deconvnet's rule: `g · [g > 0]` for rectifiers, `g · f′(x) · [g > 0]` for sigmoid, hard sigmoid and
  /// tanh. Zeiler and Fergus 2014.
  case rectified

  /// The gradient below one element of an activation function.
  func pullBack(_ gradient: Double, value: Double, slope: Double, isRectifier: Bool) -> Double {
    switch self {
    case .plain: gradient * slope
    case .guided: gradient > 0 && value > 0 ? gradient * slope : 0
    case .rectified: gradient > 0 ? (isRectifier ? gradient : gradient * slope) : 0
    }
  }
}
