import FeatureVisualization

/// Channels weighted by their positive gradients, each position by how much it adds: `max(0, Σ_c w_c a_c)` with
/// `w_c = Σ α max(0, g)`, `α = g² / (2g² + g³ Σa_c)`, where g = ∂s/∂a_c and Σa_c is over positions.
///
/// Computed as `α = 1 / (2 + g Σa_c)`, and 0 where that has no value or g = 0. pytorch-grad-cam adds 10⁻⁶ to the first form's
/// denominator, which is as large as g² itself where gradients are small, as GoogLeNet's of 10⁻³. tf-keras-vis divides α by its sum
/// over positions, as the authors' code does and their paper does not.
/// Chattopadhyay et al. 2017, https://arxiv.org/abs/1710.11063.
public struct GradCAMPlusPlus: ClassActivationMap {
  public init() {}

  public var name: String { "grad-cam++" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    let totals = layer.channelSums { activation, _ in activation }
    var weights = [Double](repeating: 0, count: layer.channels)
    for position in 0..<layer.positionCount {
      for channel in 0..<layer.channels {
        let slope = Double(layer.gradient[position * layer.channels + channel])
        let divisor = 2 + slope * totals[channel]
        if slope > 0, divisor != 0 { weights[channel] += slope / divisor }
      }
    }
    return layer.weighted(by: weights)
  }
}

extension AttributionMethod where Self == GradCAMPlusPlus {
  /// Channels of a layer weighted by their positive gradients, each position by how much it adds.
  public static var gradCAMPlusPlus: GradCAMPlusPlus { GradCAMPlusPlus() }
}
