/// What of a network decides how the pictures of a layer are drawn best.
struct NetworkTraits {
  /// The statistics of the batch normalizations before the layer; `nil` where there are none.
  let statistics: BatchStatistics?
  /// Whether attention mixes tokens before the layer.
  let hasAttention: Bool
  /// Whether the layer's units are the logits of classes, of which one is right.
  let hasClasses: Bool

  /// - Throws: `VisualizationError` for a layer that is not there.
  init(of network: NeuralNetwork, before layer: LayerID) throws(VisualizationError) {
    statistics = try? BatchStatistics(of: network, before: layer, firstWeight: 1, by: .relative)
    let value = try network.value(of: layer)
    let ends = network.finalActivations
    hasAttention = network.ancestors(of: [value]).contains { position in
      guard !ends.contains(position),
        case .softmax? = network.layers[position].operation.finalActivation
      else { return false }
      return true
    }
    let isOfScores = try network.value(of: network.scoreLayer) == value
    let labels = try network.labels(of: layer)?.count ?? 0
    let endsInProbabilities = try network.layer(layer).operation.finalActivation.map {
      switch $0 {
      case .softmax, .logSoftmax, .sigmoid, .hardSigmoid: true
      default: false
      }
    }
    hasClasses = isOfScores && labels > 1 && endsInProbabilities != true
  }
}
