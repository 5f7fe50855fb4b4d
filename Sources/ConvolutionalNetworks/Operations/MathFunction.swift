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

  public var kind: String { rawValue }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    inputs
  }
}
