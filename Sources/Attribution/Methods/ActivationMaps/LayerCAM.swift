import FeatureVisualization

/// Each activation weighted by its own positive gradient: `max(0, Σ_c max(0, ∂s/∂a_c) a_c)`.
///
/// Sharper than Grad-CAM in early layers.
/// Jiang et al. 2021, https://doi.org/10.1109/TIP.2021.3089943.
public struct LayerCAM: ClassActivationMap {
  public init() {}

  public var name: String { "layer-cam" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    layer.sums { activation, slope in max(slope, 0) * activation }
  }
}

extension AttributionMethod where Self == LayerCAM {
  /// Each activation of a layer weighted by its own positive gradient.
  public static var layerCAM: LayerCAM { LayerCAM() }
}
