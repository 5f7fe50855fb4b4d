import FeatureVisualization

/// Channels weighted by the mean of their gradient where they are active: `max(0, Σ_c w_c a_c)` with
/// `w_c = Σ g a_c / Σ a_c` over positions, g = ∂s/∂a_c.
///
/// For layers behind a rectifier: activations of both signs may sum to nothing. A channel that does has no weight.
/// Fu et al. 2020, https://arxiv.org/abs/2008.02312.
public struct XGradCAM: ClassActivationMap {
  public init() {}

  public var name: String { "xgrad-cam" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    let totals = layer.channelSums { activation, _ in activation }
    let products = layer.channelSums { activation, slope in slope * activation }
    return layer.weighted(by: zip(products, totals).map { $1 == 0 ? 0 : $0 / $1 })
  }
}

extension AttributionMethod where Self == XGradCAM {
  /// Channels of a layer weighted by the mean of their gradient where they are active.
  public static var xGradCAM: XGradCAM { XGradCAM() }
}
