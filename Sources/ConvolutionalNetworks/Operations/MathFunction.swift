/// A function of each element alone that is arithmetic and no activation: modifiers of backpropagation leave
/// its gradients as they are.
public enum MathFunction: String, LayerOperation, CaseIterable {
  /// `|x|`; its slope at 0 is 0.
  case absolute = "Abs"
  /// `eˣ`.
  case exponential = "Exp"
  /// `ln x`, no number below 0.
  case logarithm = "Log"
  /// `√x`, no number below 0; its slope at 0 is infinite.
  case squareRoot = "Sqrt"
  /// `1 / x`.
  case reciprocal = "Reciprocal"
  /// `erf x = 2 / √π · ∫₀ˣ e^(−t²) dt`.
  case errorFunction = "Erf"
  /// `sin x`.
  case sine = "Sin"
  /// `cos x`.
  case cosine = "Cos"
  /// `tan x`.
  case tangent = "Tan"
  /// `arcsin x`, no number beyond −1…1.
  case arcsine = "Asin"
  /// `arccos x`, no number beyond −1…1.
  case arccosine = "Acos"
  /// `arctan x`.
  case arctangent = "Atan"
  /// `sinh x`.
  case hyperbolicSine = "Sinh"
  /// `cosh x`.
  case hyperbolicCosine = "Cosh"
  /// `arsinh x`.
  case hyperbolicArcsine = "Asinh"
  /// `arcosh x`, no number below 1.
  case hyperbolicArccosine = "Acosh"
  /// `artanh x`, no number beyond −1…1.
  case hyperbolicArctangent = "Atanh"
  /// `⌊x⌋`; flat, like all that rounds.
  case floor = "Floor"
  /// `⌈x⌉`.
  case ceiling = "Ceil"
  /// `x` rounded to the nearest integer, to the even one of two.
  case round = "Round"
  /// `x` rounded towards 0.
  case truncate = "Truncate"
  /// −1, 0 or 1.
  case sign = "Sign"

  public var kind: String { rawValue }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    inputs
  }
}
