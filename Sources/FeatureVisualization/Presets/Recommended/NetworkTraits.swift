/// What of a network decides how the pictures of a layer are drawn best.
struct NetworkTraits {
  /// The statistics of the batch normalizations before the layer, or those that were measured; `nil` where there are none.
  let statistics: BatchStatistics?
  /// Whether the statistics were measured, as nobody does who does not want them.
  let areMeasured: Bool
  /// Whether the layer's units are the logits of classes, of which one is right.
  let hasClasses: Bool
  /// Whether half of the picture's sides still shows a thing.
  let seesLargePictures: Bool

  /// From how many scores on a network without labels is taken for a classifier.
  private static let leastUnlabelledClasses = 10

  /// - Parameter measured: statistics of the network's layers that pictures were shown to it for.
  /// - Throws: `VisualizationError` for a layer that is not there.
  init(
    of network: NeuralNetwork, before layer: LayerID, measured: BatchStatistics? = nil
  ) throws(VisualizationError) {
    if let measured {
      statistics = try measured.selecting(before: layer, in: network)
    } else {
      statistics = try? BatchStatistics(
        of: network, before: layer, firstWeight: 1, by: .relative)
    }
    areMeasured = measured != nil
    let position = try network.position(of: layer)
    let isOfScores = try network.scores(include: network.value(of: layer))
    // Files of classifiers often have no labels, and regressions have few outputs.
    let areClasses =
      try network.labels(of: layer).map { $0.count > 1 }
      ?? (network.scoreCount(of: position) >= Self.leastUnlabelledClasses)
    // What a layer's own softmax or sigmoid makes are no logits.
    hasClasses = isOfScores && areClasses && !network.finalActivations.contains(position)
    seesLargePictures = network.inputs.allSatisfy { input in
      guard let order = input.specification?.channelOrder,
        let size = try? InputForm(input, order).declaredSize
      else { return true }
      return min(size.height, size.width) >= 160
    }
  }
}

extension NetworkTraits {
  /// How many steps a picture takes: small ones are soon as good as they get.
  func iterations(quick isQuick: Bool) -> Int {
    switch (seesLargePictures, isQuick) {
    case (true, true): 48
    case (true, false): 200
    case (false, true): 96
    case (false, false): 120
    }
  }

  /// How often each step shows the picture: even a quick one affords two views of a small picture.
  ///
  /// Large pictures that are held to statistics gain by eight, and others do not.
  func views(quick isQuick: Bool, held isHeld: Bool) -> Int {
    switch (seesLargePictures, isQuick) {
    case (true, true): 1
    case (false, true): 2
    case (true, false): isHeld ? 8 : 4
    case (false, false): 4
    }
  }
}

extension NeuralNetwork {
  /// Whether a value is the scores of the classes: what the last softmax or sigmoid reads, also where that was made linear.
  fileprivate func scores(include wanted: String) throws(VisualizationError) -> Bool {
    var value = try value(of: scoreLayer)
    // Layers are in order, so that the walk ends.
    while value != wanted, let producer = producers[value] {
      let layer = layers[producer.layer]
      guard (layer.operation as? Activation)?.function == .linear || layer.operation is Identity
      else { return false }
      value = layer.inputs[0]
    }
    return value == wanted
  }

  /// How many scores a layer makes: the outputs of the product that they come from; 0 where there is none straight before it.
  fileprivate func scoreCount(of position: Int) -> Int {
    var layer: Layer? = layers[position]
    // Layers are in order, so that the walk ends.
    while let current = layer {
      switch current.operation {
      case let dense as Dense: return dense.weights.shape[0]
      case let convolution as Convolution: return convolution.weights.shape[0]
      default: layer = current.inputs.first.flatMap { producers[$0] }.map { layers[$0.layer] }
      }
    }
    return 0
  }
}
