import FeatureVisualization

/// How relevance passes layers.
struct RelevancePass: BackwardPass {
  let composite: LayerwiseComposite
  var bounds: InputBounds

  mutating func pass(_ arriving: [Tensor?], back layer: VisitedLayer) throws(VisualizationError)
    -> [Tensor?]
  {
    if let weighted = WeightedOperation(layer.operation), let arriving = arriving[0] {
      return [try weightedRelevance(of: layer, weighted, arriving)]
    }
    switch Passage(of: layer) {
    case .routing: return try layer.gradients(arriving)
    case .sharing: return try sharedRelevance(of: layer, arriving)
    case .passing:
      guard let arriving = arriving[0] else { return [] }
      return layer.inputs.indices.map { index in
        layer.changes[index] ? arriving.reshaped(to: layer.inputs[index].shape) : nil
      }
    case .gating(let place):
      guard let arriving = arriving[0] else { return [] }
      let gated = layer.inputs[place]
      guard gated.count != arriving.count else {
        return layer.inputs.indices.map { $0 == place ? arriving.reshaped(to: gated.shape) : nil }
      }
      let shared = try sharedRelevance(of: layer, [arriving])
      return layer.inputs.indices.map { $0 == place ? shared[$0] : nil }
    case .refused(let reason):
      throw .incompatible(
        "layerwise propagation", "layer '\(layer.name)' (\(layer.operation.kind))",
        reason:
          "\(reason). Methods by gradients (saliency, SmoothGrad, integrated gradients), DeepLIFT, class "
          + "activation maps and perturbation explain any layer")
    }
  }

  private mutating func weightedRelevance(
    of layer: VisitedLayer, _ weighted: WeightedOperation, _ arriving: Tensor
  ) throws(VisualizationError) -> Tensor {
    let site = LayerwiseComposite.Site(
      layer: layer.name, kind: weighted.kind, isFirst: layer.isFirst)
    let rule = composite.rule(for: site)
    let linear = LinearLayer(
      name: layer.name, input: layer.inputs[0], operation: weighted,
      inputBounds: layer.isFirst ? try bounds.bounds(of: layer) : nil,
      visited: layer)
    let found = try rule.relevance(of: linear, arriving)
    guard found.shape == layer.inputs[0].shape else {
      throw .brokenRule(
        type: "\(type(of: rule))",
        rule:
          "relevance(of:_:) has the shape of the layer's input, \(layer.inputs[0].shape), not \(found.shape)"
      )
    }
    return found
  }

  /// `R_i = x_i · Σ_o ∂y_o/∂x_i · R_o / (y_o ± 10⁻⁶)`.
  private func sharedRelevance(of layer: VisitedLayer, _ arriving: [Tensor?])
    throws(VisualizationError) -> [Tensor?]
  {
    let run = try layer.run()
    let outputs = run.outputs(of: layer.inputs)
    var scores: [Tensor?] = []
    for (output, arriving) in zip(outputs, arriving) {
      scores.append(try arriving?.divided(by: output, stabilizer: 1e-6))
    }
    var result: [Tensor?] = []
    for (input, score) in zip(layer.inputs, run.pullBack(scores)) {
      result.append(try score?.combined(with: input, *))
    }
    return result
  }
}
