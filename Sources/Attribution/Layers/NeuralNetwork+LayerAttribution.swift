public import FeatureVisualization

extension NeuralNetwork {
  /// How much each position and channel of a layer speaks for an objective at pictures.
  ///
  ///     let parts = try network.layerAttribution(
  ///       of: ActivationMaximization(layer: "predictions", units: "zebra"), at: photo, in: "mixed4d")
  ///     let best = parts.channels.argmax()
  ///
  /// - Parameters:
  ///   - objective: what is asked about; one with a set of units for each picture asks each about its own.
  ///   - pictures: `[N, H, W, C]`, 0…1, or as `evaluate` takes them.
  ///   - layer: a layer that the objective depends on: a feature map, tokens, or one without positions.
  ///   - backpropModifier: how gradients pass activations.
  ///   - heldInputs: constant values of the other inputs, channels last: one for all pictures or one for each.
  ///   - memoryLimit: the bytes that runs may take; half of those that the system lets the process have unless given.
  /// - Throws: `VisualizationError.noPositions` for a layer whose axes are not known to be positions and channels, such as
  ///   those of attention heads, `.unreachedLayer` for one that the objective does not depend on.
  public func layerAttribution(
    of objective: some ObjectiveConvertible, at pictures: Tensor, in layer: LayerID,
    backpropModifier: (any BackpropModifier)? = nil, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) -> LayerAttribution {
    let questions = try attributionQuestions(
      about: objective, at: pictures, layer: layer, backpropModifier: backpropModifier,
      heldInputs: heldInputs, memoryLimit: memoryLimit)
    var (activations, gradients): ([Tensor], [Tensor]) = ([], [])
    for question in questions {
      let grid = try question.grid(of: layer)
      let found = try question.evaluate(at: question.picture, gradientsAt: [layer]).layers[0]
      activations.append(grid.maps(found.activations))
      gradients.append(grid.maps(found.gradient))
    }
    return LayerAttribution(
      activations: try Tensor(stacking: activations), gradient: try Tensor(stacking: gradients))
  }

  /// How much each channel of a layer speaks for an objective at pictures, `[N, C]`: the sum over positions of activation times
  /// gradient.
  ///
  /// - Throws: `VisualizationError`, as `layerAttribution` does.
  public func channelAttribution(
    of objective: some ObjectiveConvertible, at pictures: Tensor, in layer: LayerID,
    backpropModifier: (any BackpropModifier)? = nil, heldInputs: [String: Tensor] = [:],
    memoryLimit: Int? = nil
  ) throws(VisualizationError) -> Tensor {
    try layerAttribution(
      of: objective, at: pictures, in: layer, backpropModifier: backpropModifier,
      heldInputs: heldInputs, memoryLimit: memoryLimit
    ).channels
  }
}
