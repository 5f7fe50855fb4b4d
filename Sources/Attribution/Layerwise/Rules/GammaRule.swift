public import FeatureVisualization

/// Favours what speaks for an output: contributions of its sign count 1 + γ times.
///
/// For positive inputs `R_i = Σ_o x_i (w_io + γ w_io⁺) / Σ_i x_i (w_io + γ w_io⁺) · R_o` where `z_o > 0`, with w⁻ where
/// `z_o < 0`; negative inputs take the weights of the other sign. Sums include biases and are stabilized by 10⁻⁶.
/// Montavon et al. 2019, https://doi.org/10.1007/978-3-030-28954-6_10; generalised to inputs of both signs by Andéol et al.
/// 2021, https://arxiv.org/abs/2106.04489.
public struct GammaRule: LayerwiseRule, Equatable {
  /// How much more contributions of the output's sign count.
  public let gamma: Float
  public var name: String { "gamma" }

  /// A rule with γ = ¼ unless given.
  public init(gamma: Float = 0.25) { self.gamma = gamma }

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    let sums = try layer.part().output
    let gamma = gamma
    let raised = try layer.shares(
      of: try arriving.combined(with: sums) { $1 > 0 ? $0 : 0 },
      { $0 + gamma * max($0, 0) }, { $0 + gamma * min($0, 0) })
    let lowered = try layer.shares(
      of: try arriving.combined(with: sums) { $1 < 0 ? $0 : 0 },
      { $0 + gamma * min($0, 0) }, { $0 + gamma * max($0, 0) })
    return try raised.combined(with: lowered, +)
  }
}

extension LayerwiseRule where Self == GammaRule {
  /// LRP-γ: contributions of the output's sign count 1 + γ times.
  public static func gamma(_ gamma: Float = 0.25) -> GammaRule { GammaRule(gamma: gamma) }
}
