public import FeatureVisualization

/// Shares relevance by contribution: `R_i = x_i · Σ_o w_io · R_o / (z_o ± ε)`, the sign that of `z_o`.
///
/// With ε = 0 it is LRP-0, which is gradient × input in a network of rectifiers; where `z_o` is then 0, nothing passes. ε and
/// biases take their share of the relevance.
/// Bach et al. 2015, https://doi.org/10.1371/journal.pone.0130140.
public struct EpsilonRule: LayerwiseRule, Equatable {
  /// Added to the magnitude of each sum; 0 or more.
  public let epsilon: Float
  public var name: String { epsilon == 0 ? "zero" : "epsilon" }

  /// A rule that adds `epsilon` to the magnitude of each sum; 10⁻⁶ unless given.
  public init(epsilon: Float = 1e-6) { self.epsilon = epsilon }

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    let all = try layer.part()
    return try all.contributions(try arriving.divided(by: all.output, stabilizer: epsilon))
  }
}

extension LayerwiseRule where Self == EpsilonRule {
  /// LRP-0: relevance is shared by contribution, without a stabilizer.
  public static var zero: EpsilonRule { EpsilonRule(epsilon: 0) }

  /// LRP-ε: relevance is shared by contribution.
  public static func epsilon(_ epsilon: Float = 1e-6) -> EpsilonRule {
    EpsilonRule(epsilon: epsilon)
  }
}
