import FeatureVisualization

/// Channels weighted by the share of positions where they stand out, whatever the objective: `max(0, Σ_c w_c a_c)` with `w_c` the
/// share of positions where `a_c > mean_c + k deviation_c`.
///
/// Fuad et al. 2020, https://hal.science/hal-02963298.
public struct FEM: ClassActivationMap {
  /// How many deviations above the mean of its channel a position stands out.
  public let deviations: Double

  /// - Parameter deviations: how many deviations above the mean of its channel a position stands out.
  public init(deviations: Double = 2) { self.deviations = deviations }

  public var name: String { "fem" }

  public func positions(of layer: LayerSlopes) -> [Double] {
    let count = Double(layer.positionCount)
    let means = layer.channelSums { activation, _ in activation / count }
    var squares = [Double](repeating: 0, count: layer.channels)
    layer.forEachActivation { channel, activation in
      squares[channel] += (activation - means[channel]) * (activation - means[channel])
    }
    let limits = zip(means, squares).map { $0 + deviations * ($1 / count).squareRoot() }
    var shares = [Double](repeating: 0, count: layer.channels)
    layer.forEachActivation { channel, activation in
      if activation > limits[channel] { shares[channel] += 1 / count }
    }
    return layer.weighted(by: shares)
  }
}

extension LayerSlopes {
  /// Calls `body` with every activation and its channel.
  func forEachActivation(_ body: (_ channel: Int, _ activation: Double) -> Void) {
    for (place, activation) in activations.enumerated() {
      body(place % channels, Double(activation))
    }
  }
}

extension AttributionMethod where Self == FEM {
  /// Channels of a layer weighted by the share of positions where they stand out, whatever the objective.
  public static var fem: FEM { FEM() }
}
