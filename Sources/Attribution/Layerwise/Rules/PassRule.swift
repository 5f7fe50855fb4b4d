public import FeatureVisualization

/// Hands relevance on unchanged, through layers whose outputs are as many as their inputs.
public struct PassRule: LayerwiseRule, Equatable {
  public var name: String { "pass" }

  /// The rule.
  public init() {}

  public func relevance(of layer: LinearLayer, _ arriving: Tensor) throws(VisualizationError)
    -> Tensor
  {
    guard arriving.shape == layer.input.shape else {
      throw .incompatible(
        "the pass rule", "layer '\(layer.name)'",
        reason:
          "its output \(arriving.shape) has another shape than its input \(layer.input.shape)")
    }
    return arriving
  }
}

extension LayerwiseRule where Self == PassRule {
  /// Relevance is handed on unchanged.
  public static var pass: PassRule { PassRule() }
}
