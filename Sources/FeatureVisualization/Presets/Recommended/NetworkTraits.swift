/// What of a network decides how the pictures of a layer are drawn best.
struct NetworkTraits {
  /// The statistics of the batch normalizations before the layer; `nil` where there are none.
  let statistics: BatchStatistics?
  /// Whether the layer's units are the logits of classes, of which one is right.
  let hasClasses: Bool

  /// - Throws: `VisualizationError` for a layer that is not there.
  init(of network: NeuralNetwork, before layer: LayerID) throws(VisualizationError) {
    statistics = try? BatchStatistics(
      of: network, before: layer, firstWeight: 1, by: .relativeExcess)
    let position = try network.position(of: layer)
    let isOfScores = try network.value(of: network.scoreLayer) == network.value(of: layer)
    let labels = try network.labels(of: layer)?.count ?? 0
    // What a layer's own softmax or sigmoid makes are no logits.
    hasClasses = isOfScores && labels > 1 && !network.finalActivations.contains(position)
  }
}
