import FeatureVisualization

/// A layer whose output has positions, for class activation maps.
package struct PositionedLayer: Sendable {
  /// The layer.
  package let layer: LayerID
  /// How its positions make a map.
  package let grid: PositionGrid
}

extension AttributionQuestion {
  /// The layer that class activation maps are made of: the one that the caller named, else the last one before the
  /// objective's layers through which everything goes that the objective sees of positions.
  ///
  /// That is the last feature map before a global pooling or a flattening, and of a transformer the normalized tokens that the
  /// last attention reads: behind it a class token has seen them all.
  ///
  /// - Throws: `VisualizationError.noPositions` for a named layer whose output is no map, `.unreachedLayer` for one that the
  ///   objective does not depend on, and `.incompatible` where none is found.
  package func positionedLayer() throws(VisualizationError) -> PositionedLayer {
    let positions = try PicturePositions(self)
    guard let layer else {
      guard let found = LayerSearch(positions, objective).found else {
        throw .incompatible(
          "class activation maps", "the objective",
          reason: "no layer before it has more than one position")
      }
      return found
    }
    let (name, value) = try reached(layer, in: positions)
    guard let grid = positions.grid(ofValue: value) else {
      throw .noPositions(layer: name, shape: positions.shapeOfOnePicture(value))
    }
    return PositionedLayer(layer: layer, grid: grid)
  }

  /// How the positions of a layer make a map; of a layer `[N, C]` that of one position.
  ///
  /// - Throws: `VisualizationError.noPositions` for other layers without positions, and `.unreachedLayer` for one that the
  ///   objective does not depend on.
  func grid(of layer: LayerID) throws(VisualizationError) -> PositionGrid {
    let positions = try PicturePositions(self)
    let (name, value) = try reached(layer, in: positions)
    let shape = positions.shapeOfOnePicture(value)
    if let grid = positions.grid(ofValue: value) { return grid }
    guard shape.count == 2 else { throw .noPositions(layer: name, shape: shape) }
    return PositionGrid(channels: shape[1])
  }

  private func reached(
    _ layer: LayerID, in positions: PicturePositions
  ) throws(VisualizationError) -> (name: String, value: String) {
    let position = try network.position(of: layer)
    guard positions.layers.contains(position) else { throw .unreachedLayer("\(layer)") }
    return (network.layers[position].name, try network.value(of: layer))
  }
}
