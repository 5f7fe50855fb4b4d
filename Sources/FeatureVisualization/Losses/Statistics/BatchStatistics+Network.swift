extension BatchStatistics {
  /// Holds what each batch normalization of a network reads to the statistics that it was trained with.
  ///
  /// One that reads an input of the network itself is left out: `InputSpecification` is for that.
  ///
  /// - Parameters:
  ///   - firstWeight: the weight of the first of them; DeepInversion takes 10, and 1 for the others.
  ///   - sample: what statistics are taken over.
  /// - Throws: `VisualizationError.incompatible` for a network without batch normalizations, such as one whose file has
  ///   them folded into its convolutions.
  public init(
    of network: NeuralNetwork, firstWeight: Float = 10, over sample: Sample = .picture
  ) throws(VisualizationError) {
    var layers: [Known] = []
    for layer in network.layers {
      guard let normalization = layer.operation as? BatchNormalization,
        let read = try network.identifier(ofValue: layer.inputs[0])
      else { continue }
      layers.append(
        Known(
          layer: read, mean: normalization.mean, variance: normalization.variance,
          weight: layers.isEmpty ? firstWeight : 1))
    }
    guard !layers.isEmpty else {
      throw .incompatible(
        "BatchStatistics", "a network without batch normalizations",
        reason: "there are no trained statistics: give those of its layers")
    }
    self.init(layers, over: sample)
  }
}

extension NeuralNetwork {
  /// What a tap on a value goes by; `nil` for inputs of the network.
  fileprivate func identifier(ofValue value: String) throws(VisualizationError) -> LayerID? {
    guard let producer = producers[value] else { return nil }
    if try self.value(of: .name(value)) == value { return .name(value) }
    // Another layer has the value's name.
    return producer.output == 0 ? .position(producer.layer) : nil
  }
}
