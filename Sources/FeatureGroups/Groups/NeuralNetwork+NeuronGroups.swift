public import FeatureVisualization

extension NeuralNetwork {
  /// Takes apart what a layer sees in a picture into groups of units that are active together.
  ///
  /// - Parameters:
  ///   - picture: `[1, H, W, C]`, 0…1, of any size that the layer can be computed for.
  ///   - layer: a layer with a feature map; the last before the classifier unless given.
  ///   - count: the groups.
  ///   - heldInputs: what the network's other inputs hold, channels last.
  /// - Throws: `VisualizationError.noPositions` for a layer without a map, `.invalidArgument` for several pictures, a map
  ///   that is 0 or below everywhere, and more groups than the map has positions or units.
  public func neuronGroups(
    of picture: Tensor, at layer: LayerID? = nil, count: Int = 6,
    heldInputs: [String: Tensor] = [:]
  ) throws(VisualizationError) -> NeuronGroups {
    guard picture.rank == 4, picture.shape[0] == 1 else {
      throw .invalidArgument("picture", "shape \(picture.shape) is not that of one, [1, H, W, C]")
    }
    let (height, width) = (picture.shape[1], picture.shape[2])
    var found = layer
    if found == nil {
      found = try lastFeatureMap(height: height, width: width, heldInputs: heldInputs)
    }
    let reader = try ActivationReader(
      self, layer: found ?? -1, height: height, width: width, heldInputs: heldInputs)
    return try NeuronGroups(
      of: try reader.activations(of: picture), layer: reader.layer, count: count)
  }
}
