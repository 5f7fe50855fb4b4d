import FeatureVisualization

/// The activations along their first principal component, whatever the objective: `max(0, ⟨a − mean, v⟩)`.
///
/// v is the direction of channels along which positions differ most. Its sign, which peers leave to chance, is the one for which the
/// map goes with the positions' sums of activations.
/// Muhammad and Yeasin 2020, https://arxiv.org/abs/2008.00299.
public struct EigenCAM: ClassActivationMap {
  public init() {}

  public var name: String { "eigen-cam" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    let count = Double(layer.positionCount)
    let means = layer.channelSums { activation, _ in activation / count }
    var centered = layer.activations.map(Double.init)
    for place in centered.indices { centered[place] -= means[place % layer.channels] }
    let projections = PrincipalComponent.projections(of: centered, columns: layer.channels)
    let sums = layer.sums { activation, _ in activation }
    let agreement = zip(projections, sums).reduce(0.0) { $0 + $1.0 * $1.1 }
    return agreement < 0 ? projections.map { -$0 } : projections
  }
}

extension AttributionMethod where Self == EigenCAM {
  /// The activations of a layer along their first principal component, whatever the objective.
  public static var eigenCAM: EigenCAM { EigenCAM() }
}
