public import FeatureVisualization

/// Shares relevance by weights alone, whatever the input is: evenly over the window, or by squared weights.
///
/// `R_i = Σ_o v_io / (Σ_i v_io + b_o) · R_o` with `v = 1` and no bias, or `v = w²` and `b²`. Both are for first layers, which
/// they smooth.
/// Flat: Lapuschkin et al. 2019, https://doi.org/10.1038/s41467-019-08987-4; squared weights: Montavon et al. 2017,
/// https://doi.org/10.1016/j.patcog.2016.11.008.
public struct FlatRule: LayerwiseRule, Equatable {
  /// Whether weights count, squared.
  public let squaresWeights: Bool
  public var name: String { squaresWeights ? "w-square" : "flat" }

  /// A rule that shares evenly, or by squared weights.
  public init(squaresWeights: Bool = false) { self.squaresWeights = squaresWeights }

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    let ones = Tensor(shape: layer.input.shape, repeating: 1)
    let part =
      squaresWeights
      ? try layer.part(at: ones) { $0 * $0 }
      : try layer.part(at: ones, includesBias: false) { _ in 1 }
    return part.pullBack(try arriving.divided(by: part.output, stabilizer: 1e-6))
  }
}

extension LayerwiseRule where Self == FlatRule {
  /// Relevance is shared evenly over the window.
  public static var flat: FlatRule { FlatRule() }

  /// Relevance is shared by squared weights.
  public static var squaredWeights: FlatRule { FlatRule(squaresWeights: true) }
}
