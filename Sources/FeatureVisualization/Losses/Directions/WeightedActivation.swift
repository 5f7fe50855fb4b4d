/// Raises a weighted mean of activations: `Σ_p m_p Σ_c w_c a_{p,c} / Σ_p |m_p|`, over positions p and channels c.
///
///     WeightedActivation(layer: "mixed4c", channels: weights)
///     WeightedActivation(layer: "mixed4c", channels: weights, in: MapRegion(rows: 2..<6, columns: 0..<4))
///     WeightedActivation(layer: "mixed4c", map: mask)
///
/// Channels are summed and not divided by their number, so that a single weight of 1 is `ActivationMaximization` of that
/// channel; lucent, which has the same objectives, divides by both. Of a region only the receptive field is computed.
/// https://github.com/greentfrapp/lucent, `objectives.channel_weight`, `localgroup_weight`.
public struct WeightedActivation: ExpressionLoss {
  /// The layer looked at.
  public let layer: LayerID
  /// w, a number for each channel; `nil` for 1 each.
  public let channels: [Float]?
  /// The positions that count once, the others not at all; `nil` for all.
  public let region: MapRegion?
  /// m, `[H, W]`; `nil` for 1 each.
  public let map: Tensor?
  public let tapes = TapeCache()

  /// Weighs channels, by default all alike, over a whole layer or a region of a feature map.
  public init(layer: LayerID, channels: [Float]? = nil, in region: MapRegion? = nil) {
    (self.layer, self.channels, self.region, map) = (layer, channels, region, nil)
  }

  /// Weighs positions, and channels as well where weights are given.
  ///
  /// - Parameter map: `[H, W]`, as many as the layer has positions.
  public init(layer: LayerID, channels: [Float]? = nil, map: Tensor) {
    (self.layer, self.channels, region, self.map) = (layer, channels, nil, map)
  }

  public var name: String { "WeightedActivation" }

  public var subjects: [LossSubject] {
    [.layer(layer, positions: region?.positions)]
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let shape = shapes[0]
    try validateRegion(in: shape)
    var activations = TensorExpression.reading(subjects[0])
    if let channels {
      guard channels.count == shape.last, channels.allSatisfy(\.isFinite),
        channels.contains(where: { $0 != 0 })
      else {
        throw .invalidArgument(
          "channels",
          "layer '\(layer)' takes \(shape.last ?? 0) finite weights, not all 0, not \(channels.count)"
        )
      }
      activations = activations * Tensor(shape: [channels.count], elements: channels)
    }
    let sums = activations.sum(over: -1)
    guard let map else { return -sums.mean() }
    let total = map.elements.reduce(0.0) { $0 + Double(abs($1)) }
    guard shape.count == 4, map.shape == Array(shape[1...2]), total > 0, total.isFinite else {
      throw .invalidArgument(
        "map",
        "shape \(map.shape): layer '\(layer)', \(shape), takes a finite weight for each position, not all 0"
      )
    }
    return -(sums * map.map { Float(Double($0) / total) }).sum()
  }

  private func validateRegion(in shape: [Int]) throws(VisualizationError) {
    guard let region else { return }
    guard let row = region.rows.last, let column = region.columns.last else {
      throw .invalidArgument("region", "it has no positions")
    }
    let first = MapPosition.cell(row: region.rows.lowerBound, column: region.columns.lowerBound)
    try first.validate(in: shape, layer: "\(layer)")
    try MapPosition.cell(row: row, column: column).validate(in: shape, layer: "\(layer)")
  }
}

extension MapRegion {
  /// Its positions, row by row; `nil` for more than any map has, which nobody can list.
  fileprivate var positions: [MapPosition]? {
    let (area, overflows) = rows.count.multipliedReportingOverflow(by: columns.count)
    guard !overflows, area <= 1 << 24 else { return nil }
    return rows.flatMap { row in columns.map { .cell(row: row, column: $0) } }
  }
}
