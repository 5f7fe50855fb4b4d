#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension BatchStatistics {
  /// Holds what each batch normalization of a network reads to the statistics that it was trained with.
  ///
  /// One that reads an input of the network itself is left out: `InputSpecification` is for that.
  ///
  /// - Parameters:
  ///   - layer: the layer whose pictures are drawn: normalizations that it does not depend on are left out; all of the
  ///     network's unless given.
  ///   - firstWeight: the weight of the first of them; DeepInversion takes 10, and 1 for the others.
  ///   - sample: what statistics are taken over.
  ///   - distance: how far statistics are from those of training.
  /// - Throws: `VisualizationError.incompatible` for a network without batch normalizations, such as one whose file has
  ///   them folded into its convolutions.
  public init(
    of network: NeuralNetwork, before layer: LayerID? = nil, firstWeight: Float = 10,
    over sample: Sample = .picture, by distance: Distance = .published
  ) throws(VisualizationError) {
    var layers: [Known] = []
    for layer in try network.layers(before: layer) {
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
    self.init(layers, over: sample, by: distance)
  }

  /// The same of those layers alone that a layer depends on, itself among them; `nil` where there is none.
  ///
  /// - Throws: `VisualizationError.unknownLayer`.
  public func selecting(before layer: LayerID, in network: NeuralNetwork)
    throws(VisualizationError) -> BatchStatistics?
  {
    let before = Set(try network.layers(before: layer).flatMap(\.outputs))
    var kept: [Known] = []
    for known in layers where before.contains(try network.value(of: known.layer)) {
      kept.append(known)
    }
    return kept.isEmpty ? nil : BatchStatistics(kept, over: sample, by: distance)
  }

  /// The same with weights that fall evenly, by factors, from those that they are at the first layer to a share of them
  /// at the last.
  ///
  /// Deep layers see things. A picture of one thing is not to have a bit of everything in it, as the training set has.
  public func fading(to share: Float) -> BatchStatistics {
    let last = Float(max(layers.count - 1, 1))
    let faded = layers.enumerated().map { place, known in
      Known(
        layer: known.layer, mean: known.mean, variance: known.variance,
        weight: known.weight * exp(log(share) * Float(place) / last), tolerance: known.tolerance)
    }
    return BatchStatistics(faded, over: sample, by: distance)
  }
}

extension NeuralNetwork {
  /// The layers that a layer depends on, itself among them; all of them without one.
  func layers(before layer: LayerID?) throws(VisualizationError) -> [Layer] {
    guard let layer else { return layers }
    return ancestors(of: [try value(of: layer)]).map { layers[$0] }
  }

  /// What a tap on a value goes by; `nil` for inputs of the network.
  fileprivate func identifier(ofValue value: String) throws(VisualizationError) -> LayerID? {
    guard let producer = producers[value] else { return nil }
    if try self.value(of: .name(value)) == value { return .name(value) }
    // Another layer has the value's name.
    return producer.output == 0 ? .position(producer.layer) : nil
  }
}
