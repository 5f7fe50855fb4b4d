// Gradients at given pictures, with the preprocessing done.

extension NeuralNetwork {
  /// The gradient of units' activations at pictures.
  ///
  ///     let photo = try PictureFile(url).read(.rgb)
  ///     let saliency = try network.gradient(of: "predictions", at: photo, for: "zebra")
  ///     let above = try network.gradient(of: "predictions", at: photo, for: "zebra", withRespectTo: "mixed5b")
  ///
  /// Of a feature map the means over its positions are taken. Several units are summed.
  ///
  /// - Parameters:
  ///   - layer: the layer whose units are looked at.
  ///   - pictures: `[N, H, W, C]`, 0…1, or as `evaluate` takes them; those of another size than a network declares are
  ///     resized to it bilinearly, and gradients are those of the pictures given.
  ///   - units: the units; all of the layer unless given.
  ///   - inner: a layer before, whose output's gradient is wanted instead of the pictures'.
  ///   - backpropModifier: how gradients pass activations.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  /// - Returns: `∂Σ_units activation / ∂picture` in the pictures' shape, or with respect to the inner layer's output, feature maps
  ///   as `[N, H, W, C]`.
  /// - Throws: `VisualizationError`.
  /// - Complexity: compiles the network; `ObjectiveEvaluator` does so once for many pictures.
  public func gradient<Units: UnitsConvertible>(
    of layer: LayerID, at pictures: Tensor, for units: Units = AllUnits.all,
    withRespectTo inner: LayerID? = nil, backpropModifier: (any BackpropModifier)? = nil,
    heldInputs: [String: Tensor] = [:]
  ) throws(VisualizationError) -> Tensor {
    try gradient(
      of: ActivationMaximization(layer: layer, units: units), at: pictures, withRespectTo: inner,
      backpropModifier: backpropModifier, heldInputs: heldInputs)
  }

  /// The gradient of an objective, priors left out, at pictures.
  ///
  /// - Returns: `∂objective/∂picture` in the pictures' shape, or with respect to the inner layer's output.
  /// - Throws: `VisualizationError`.
  /// - Complexity: compiles the network; `ObjectiveEvaluator` does so once for many pictures.
  public func gradient(
    of objective: some ObjectiveConvertible, at pictures: Tensor,
    withRespectTo inner: LayerID? = nil, backpropModifier: (any BackpropModifier)? = nil,
    heldInputs: [String: Tensor] = [:]
  ) throws(VisualizationError) -> Tensor {
    let input = try PictureInput(
      of: self, heldInputs: heldInputs, pictureCount: pictures.shape.first ?? 0)
    let shape = try input.given(pictures, "pictures").pictures.shape
    let evaluator = try ObjectiveEvaluator(
      self, objective, height: shape[1], width: shape[2], count: shape[0],
      gradientsAt: inner.map { [$0] } ?? [], backpropModifier: backpropModifier,
      heldInputs: heldInputs)
    let evaluation = try evaluator.evaluate(at: pictures)
    return inner == nil ? evaluation.gradient : evaluation.layers[0].gradient
  }
}
