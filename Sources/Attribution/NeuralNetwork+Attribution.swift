public import FeatureVisualization

extension NeuralNetwork {
  /// How much each part of pictures speaks for units of a layer.
  ///
  ///     let map = try network.attribution(of: "predictions", at: photo, for: "flamingo", by: .saliency)
  ///
  /// Of a feature map the means over its positions are asked about. Several units are summed.
  ///
  /// - Parameters:
  ///   - layer: the layer whose units are asked about; before a softmax, whose gradient vanishes where a class is certain.
  ///   - pictures: `[N, H, W, C]`, 0…1, or as `evaluate` takes them; those of another size than a network declares are
  ///     resized to it bilinearly, and maps are those of the pictures given.
  ///   - units: the units, by index or label; all of the layer unless given.
  ///   - method: how it is found.
  ///   - mapLayer: the layer of class activation maps; found unless given.
  ///   - seed: fixes every random draw, the same for each picture.
  ///   - backpropModifier: how gradients pass activations, unless the method has a way of its own.
  ///   - heldInputs: constant values of the other inputs, channels last: one for all pictures or one for each.
  ///   - batchSize: the most pictures that go through the network at once.
  ///   - memoryLimit: the bytes that runs may take; half of those that the system lets the process have unless given.
  /// - Returns: a map of each picture, the same whatever the batch size and the number of threads are.
  /// - Throws: `VisualizationError`.
  public func attribution<Units: UnitsConvertible>(
    of layer: LayerID, at pictures: Tensor, for units: Units = AllUnits.all,
    by method: any AttributionMethod, layer mapLayer: LayerID? = nil, seed: UInt64 = 0,
    backpropModifier: (any BackpropModifier)? = nil, heldInputs: [String: Tensor] = [:],
    batchSize: Int = 8, memoryLimit: Int? = nil
  ) throws(VisualizationError) -> AttributionMap {
    try attribution(
      of: ActivationMaximization(layer: layer, units: units), at: pictures, by: method,
      layer: mapLayer, seed: seed, backpropModifier: backpropModifier, heldInputs: heldInputs,
      batchSize: batchSize, memoryLimit: memoryLimit)
  }

  /// How much each part of pictures speaks for an objective, priors left out.
  ///
  ///     let map = try network.attribution(
  ///       of: ActivationMaximization(layer: "predictions", eachOf: ["zebra", "lion"]), at: photos, by: .saliency)
  ///
  /// - Parameter objective: what is asked about; one with a set of units for each picture asks each about its own.
  /// - Returns: a map of each picture, the same whatever the batch size and the number of threads are.
  /// - Throws: `VisualizationError`.
  public func attribution(
    of objective: some ObjectiveConvertible, at pictures: Tensor, by method: any AttributionMethod,
    layer mapLayer: LayerID? = nil, seed: UInt64 = 0,
    backpropModifier: (any BackpropModifier)? = nil, heldInputs: [String: Tensor] = [:],
    batchSize: Int = 8, memoryLimit: Int? = nil
  ) throws(VisualizationError) -> AttributionMap {
    let questions = try attributionQuestions(
      about: objective, at: pictures, layer: mapLayer, seed: seed,
      backpropModifier: backpropModifier, heldInputs: heldInputs, batchSize: batchSize,
      memoryLimit: memoryLimit)
    var maps: [AttributionMap] = []
    for question in questions { maps.append(try question.answer(by: method)) }
    return try AttributionMap(stacking: maps)
  }
}
