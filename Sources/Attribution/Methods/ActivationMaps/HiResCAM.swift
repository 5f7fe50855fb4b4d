import FeatureVisualization

/// Each activation weighted by its own gradient: `max(0, Σ_c ∂s/∂a_c · a_c)`, the positive part of a layer's attribution.
///
/// Draelos and Carin 2020, https://arxiv.org/abs/2011.08891.
public struct HiResCAM: ClassActivationMap {
  public init() {}

  public var name: String { "hires-cam" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    layer.sums { activation, slope in slope * activation }
  }
}

extension AttributionMethod where Self == HiResCAM {
  /// Each activation of a layer weighted by its own gradient.
  public static var hiResCAM: HiResCAM { HiResCAM() }
}
