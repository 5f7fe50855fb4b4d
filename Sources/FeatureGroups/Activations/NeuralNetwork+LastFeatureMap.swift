public import FeatureVisualization

extension NeuralNetwork {
  /// The last layer whose output is a feature map of more than one position, among those that the scores of the classes
  /// depend on: what groups and atlases are made of unless another layer is named.
  ///
  ///     let layer = try network.lastFeatureMap()       // "inception_5b/output" of GoogLeNet
  ///
  /// - Parameters:
  ///   - height: the pictures' height; what the network declares unless given.
  ///   - width: their width.
  ///   - heldInputs: what the network's other inputs hold, channels last.
  /// - Throws: `VisualizationError.noPositions` of a network without feature maps, and what else is wrong with the size.
  public func lastFeatureMap(
    height: Int? = nil, width: Int? = nil, heldInputs: [String: Tensor] = [:]
  ) throws(VisualizationError) -> LayerID {
    guard let output = scoreOutput else { throw .noPositions(layer: "-1", shape: []) }
    let input = try PictureInput(of: self, heldInputs: heldInputs, pictureCount: 1)
    let size = try input.form.size(height: height, width: width)
    let layers = try summary(inputShapes: input.inputShapes(size, rows: [0]))
    let needed = Set(ancestors(of: [output]).map { self.layers[$0].name })
    let map = layers.last { layer in
      guard needed.contains(layer.name), let shape = layer.outputShape else { return false }
      return shape.count == 4 && shape[1] * shape[2] > 1
    }
    guard let map else {
      throw .noPositions(layer: output, shape: layers.last?.outputShape ?? [])
    }
    return .name(map.name)
  }
}
