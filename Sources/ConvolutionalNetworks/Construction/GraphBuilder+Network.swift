extension GraphBuilder {
  /// The network as far as it is written down, with weights that are drawn now.
  ///
  /// - Throws: the first mistake: `VisualizationError.invalidLayer` naming the layer that cannot be made; or what
  ///   `NeuralNetwork.init` throws.
  public func network() throws(VisualizationError) -> NeuralNetwork {
    if let failure { throw failure }
    let rectified = rectifiedLayers
    var generator = SeededGenerator(seed: seed)
    var drawn: [Layer] = []
    for planned in layers {
      let scheme: WeightInitializer.Scheme =
        rectified.contains(planned.outline.name) ? .he : .glorot
      var weights = WeightInitializer(scheme, generator)
      drawn.append(try planned.layer(&weights))
      generator = weights.generator
    }
    let last = (layers.last?.outline.name ?? inputs.last?.name).map { [$0] } ?? []
    return try NeuralNetwork(
      layout: layout, inputs: inputs, layers: drawn, outputs: outputs.isEmpty ? last : outputs,
      labels: labels)
  }

  /// The layers that a rectifier reads: their own, one right behind them, or one behind a normalization.
  private var rectifiedLayers: Set<String> {
    var result: Set<String> = []
    for layer in layers.reversed().map(\.outline) {
      let isRectifier = layer.operation.activationFunction?.isRectifier ?? false
      if isRectifier, !(layer.operation is Activation) { result.insert(layer.name) }
      let isRead = layer.operation.isNormalization && result.contains(layer.name)
      if isRead || isRectifier && layer.operation is Activation { result.formUnion(layer.inputs) }
    }
    return result
  }
}

extension LayerOperation {
  fileprivate var isNormalization: Bool {
    self is BatchNormalization || self is LayerNormalization || self is RMSNormalization
      || self is GroupNormalization
  }
}
