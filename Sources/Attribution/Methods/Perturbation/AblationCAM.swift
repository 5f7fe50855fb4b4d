public import FeatureVisualization

/// Ablation-CAM: channels weigh as much as the objective falls without them.
///
/// `w_c = (s − s_c) / |s|`, where `s_c` is the objective with channel c of the layer set to 0, and the map is `max(0, Σ_c w_c a_c)`. Of
/// an objective of 0 differences count as they are. The paper divides by s, which turns the map round where s is negative.
/// Ramaswamy and Desai 2020, https://doi.org/10.1109/WACV45572.2020.9093360.
public struct AblationCAM: AttributionMethod {
  public var name: String { "ablation-cam" }

  /// Channels are set to 0 one after the other.
  public init() {}

  /// The map of the layer that class activation maps are made of, `[1, H, W, 1]`.
  ///
  /// - Throws: `VisualizationError`, also where the objective looks at the layer itself.
  /// - Complexity: a pass through what comes behind the layer for each channel, in batches, and a compilation for each batch.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let found = try question.positionedLayer()
    let value = try question.network.value(of: found.layer)
    for layer in question.objective.tappedLayers
    where try question.network.value(of: layer) == value {
      throw .incompatible(
        "Ablation-CAM", "layer '\(found.layer)'",
        reason: "the objective looks at it: ask for the map of a layer before")
    }
    let masks = try ActivationMasks(question)
    let evaluation = try question.evaluateModified(
      at: question.picture, gradientsAt: [found.layer], by: nil)
    let whole = evaluation.values[0]
    let tail = try NetworkTail(of: question, behind: found.layer)
    let channels = found.grid.channelsOfElements(evaluation.layers[0].activations)
      .inLogicalOrder(like: tail.output, where: evaluation.layers[0].activations).elements
    let all = try tail.values(count: 1) { _ in tail.output }[0]
    let values = try tail.values(count: masks.channelCount) { channel in
      var changed = tail.output
      var elements = changed.mutableSpan
      for index in elements.indices where channels[index] == Float(channel) { elements[index] = 0 }
      return changed
    }
    let scale = whole == 0 ? 1 : Double(abs(whole))
    return try masks.map(
      values.enumerated().map { (channel: $0, weight: Double(all - $1) / scale) })
  }
}

extension PositionGrid {
  /// The channel that each element of a layer's output belongs to, tokens without a position included.
  fileprivate func channelsOfElements(_ output: Tensor) -> Tensor {
    let places = maps(
      Tensor(shape: output.shape, elements: (0..<output.count).map { Float($0) })
    ).elements
    let stride = channels > 1 ? Int(places[1] - places[0]) : 1
    return Tensor(
      shape: output.shape,
      elements: (0..<output.count).map { Float($0 / stride % channels) })
  }
}

extension AttributionMethod where Self == AblationCAM {
  /// Ablation-CAM: channels weigh as much as the objective falls without them.
  public static var ablationCAM: AblationCAM { AblationCAM() }
}
