import FeatureVisualization

/// Channels weighted by the mean of their gradient: `max(0, Σ_c w_c a_c)` with `w_c = mean over positions of ∂s/∂a_c`.
///
/// With `against` the weights have the other sign: where the picture speaks against the objective.
/// Selvaraju et al. 2016, https://arxiv.org/abs/1610.02391. keras-vis resizes it by splines, which shoot over, and divides by a
/// maximum that may not be positive.
public struct GradCAM: ClassActivationMap {
  /// Whether it shows what speaks against the objective.
  public let against: Bool

  /// - Parameter against: whether it shows what speaks against the objective.
  public init(against: Bool = false) { self.against = against }

  public var name: String { against ? "grad-cam-against" : "grad-cam" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    let share = (against ? -1.0 : 1.0) / Double(layer.positionCount)
    return layer.weighted(by: layer.channelSums { _, slope in slope * share })
  }
}

extension AttributionMethod where Self == GradCAM {
  /// Channels of a layer weighted by the mean of their gradient.
  ///
  /// - Parameter against: whether it shows what speaks against the objective.
  public static func gradCAM(against: Bool = false) -> GradCAM { GradCAM(against: against) }
}
