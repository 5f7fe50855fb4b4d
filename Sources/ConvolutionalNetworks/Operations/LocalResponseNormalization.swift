/// Local response normalization across channels, as in AlexNet and GoogLeNet.
///
/// `y_c = x_c / (bias + alpha / size · Σ_{c′} x_{c′}²)^beta`, the sum over `size` channels round `c`.
/// Krizhevsky et al. 2012, §3.3.
public struct LocalResponseNormalization: LayerOperation {
  /// The number of channels summed.
  public let size: Int
  /// The weight of the mean square.
  public let alpha: Float
  /// The exponent.
  public let beta: Float
  /// Added to the mean square.
  public let bias: Float

  public init(size: Int, alpha: Float = 1e-4, beta: Float = 0.75, bias: Float = 1) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.bias = bias
  }

  public var kind: String { "LocalResponseNormalization" }
  public var parameters: [LayerParameter] { [] }
  public var fault: String? {
    [alpha, beta, bias].allSatisfy(\.isFinite) ? nil : "alpha, beta and bias must be finite"
  }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    guard inputs[0].count >= 3, size > 0 else {
      throw ShapeError("needs a feature map and a positive size, not \(size)")
    }
    return inputs
  }

  /// The channels summed for channel `c`: ⌊(size − 1) / 2⌋ before and ⌈(size − 1) / 2⌉ after.
  package var reach: (before: Int, after: Int) { ((size - 1) / 2, size - 1 - (size - 1) / 2) }
}
