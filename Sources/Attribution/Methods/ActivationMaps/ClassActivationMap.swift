public import FeatureVisualization

/// A map of a layer's positions, resized to the picture bilinearly.
///
/// The layer is `AttributionQuestion.layer`, or found: see `AttributionQuestion.layerSlopes()`. A conforming type gives a number
/// for each position:
///
///     struct MeanActivation: ClassActivationMap {
///       var name: String { "mean-activation" }
///       func positions(of layer: LayerSlopes) -> [Double] {
///         layer.sums { activation, _ in activation / Double(layer.channels) }
///       }
///     }
public protocol ClassActivationMap: AttributionMethod {
  /// A number for each position, in row-major order. Negative ones count as 0.
  func positions(of layer: LayerSlopes) -> [Double]
}

extension ClassActivationMap {
  /// The positions' numbers, those below 0 taken for 0, resized to the picture.
  ///
  /// - Throws: `VisualizationError`, also where the type gives another count of numbers.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let layer = try question.layerSlopes()
    let numbers = positions(of: layer)
    guard numbers.count == layer.positionCount else {
      throw .brokenRule(
        type: "\(Self.self)",
        rule: "positions(of:) gives \(layer.positionCount) numbers, not \(numbers.count)")
    }
    let map = Tensor(
      shape: [1, layer.rows, layer.columns, 1], elements: numbers.map { Float(max($0, 0)) })
    return try AttributionMap(map, isSigned: false)
      .resized(height: question.picture.shape[1], width: question.picture.shape[2])
  }
}

extension LayerSlopes {
  /// The sum over channels of what `term` makes of activation and gradient, for each position.
  public func sums(_ term: (_ activation: Double, _ gradient: Double) -> Double) -> [Double] {
    (0..<positionCount).map { position in
      (position * channels..<(position + 1) * channels).reduce(0.0) {
        $0 + term(Double(activations[$1]), Double(gradient[$1]))
      }
    }
  }

  /// The sum over positions of what `term` makes of activation and gradient, for each channel.
  public func channelSums(_ term: (_ activation: Double, _ gradient: Double) -> Double) -> [Double]
  {
    var sums = [Double](repeating: 0, count: channels)
    for position in 0..<positionCount {
      for channel in 0..<channels {
        let place = position * channels + channel
        sums[channel] += term(Double(activations[place]), Double(gradient[place]))
      }
    }
    return sums
  }

  /// The sum of the channels' activations, each times a weight, for each position.
  public func weighted(by weights: [Double]) -> [Double] {
    (0..<positionCount).map { position in
      weights.indices.reduce(0.0) {
        $0 + weights[$1] * Double(activations[position * channels + $1])
      }
    }
  }
}
