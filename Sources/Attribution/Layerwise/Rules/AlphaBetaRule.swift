public import FeatureVisualization

/// Treats what speaks for an output and what speaks against it apart:
/// `R_i = Σ_o (α · (x_i w_io)⁺ / z_o⁺ − β · (x_i w_io)⁻ / z_o⁻) · R_o`, with α − β = 1.
///
/// The sums `z_o⁺` and `z_o⁻` of positive and negative contributions include biases of their sign, and are stabilized by 10⁻⁶.
/// α = 1, β = 0 is the z⁺ rule.
/// Bach et al. 2015, https://doi.org/10.1371/journal.pone.0130140; z⁺: Montavon et al. 2017,
/// https://doi.org/10.1016/j.patcog.2016.11.008.
public struct AlphaBetaRule: LayerwiseRule, Equatable {
  /// The weight of what speaks for an output.
  public let alpha: Float
  /// The weight of what speaks against it.
  public let beta: Float
  public var name: String { beta == 0 ? "z-plus" : "alpha-beta" }

  /// A rule with β = α − 1.
  ///
  /// - Parameter alpha: 1 or more; 2 unless given.
  /// - Throws: `VisualizationError.invalidArgument` for any other.
  public init(alpha: Float = 2) throws(VisualizationError) {
    guard alpha >= 1, alpha.isFinite else {
      throw .invalidArgument(
        "alpha", "\(alpha) is not 1 or more, so that beta = alpha − 1 would be negative")
    }
    self.init(checked: alpha)
  }

  init(checked alpha: Float) { (self.alpha, beta) = (alpha, alpha - 1) }

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    let positive = try layer.shares(
      of: arriving, { max($0, 0) }, { min($0, 0) })
    guard beta != 0 else { return positive }
    let negative = try layer.shares(
      of: arriving, { min($0, 0) }, { max($0, 0) })
    let (alpha, beta) = (alpha, beta)
    return try positive.combined(with: negative) { alpha * $0 - beta * $1 }
  }
}

extension LayerwiseRule where Self == AlphaBetaRule {
  /// LRP-α2β1.
  public static var alpha2Beta1: AlphaBetaRule { AlphaBetaRule(checked: 2) }

  /// The z⁺ rule: only what speaks for an output counts.
  public static var zPlus: AlphaBetaRule { AlphaBetaRule(checked: 1) }
}
