public import FeatureVisualization

/// The rule zᴮ for layers that see pixels, which lie between l and h:
/// `R_i = Σ_o (x_i w_io − l_i w_io⁺ − h_i w_io⁻) / Σ_i (x_i w_io − l_i w_io⁺ − h_i w_io⁻) · R_o`.
///
/// Bounds are those of black and white pictures behind the network's preprocessing. Behind another layer with weights there
/// are none, and the rule is refused.
/// Montavon et al. 2017, https://doi.org/10.1016/j.patcog.2016.11.008.
public struct BoxRule: LayerwiseRule, Equatable {
  public var name: String { "box" }

  /// A rule whose bounds are those of the network's pictures.
  public init() {}

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    guard let (low, high) = layer.inputBounds else {
      throw .incompatible(
        "the box rule", "layer '\(layer.name)'",
        reason: "it is for layers that see pixels: nothing bounds what other layers write")
    }
    let parts = [
      try layer.part(), try layer.part(at: low) { max($0, 0) },
      try layer.part(at: high) { min($0, 0) },
    ]
    let less = try parts[1].output.combined(with: parts[2].output, +)
    let scores = try arriving.divided(
      by: try parts[0].output.combined(with: less, -), stabilizer: 1e-6)
    let taken = try parts[1].contributions(scores).combined(
      with: try parts[2].contributions(scores), +)
    return try parts[0].contributions(scores).combined(with: taken, -)
  }
}

extension LayerwiseRule where Self == BoxRule {
  /// The rule zᴮ for layers that see pixels.
  public static var box: BoxRule { BoxRule() }
}
