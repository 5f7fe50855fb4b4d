public import FeatureVisualization

/// The output of a layer and its gradient at one picture, laid out as a map: what class activation maps are made of.
public struct LayerSlopes: Sendable {
  /// The rows of the map.
  public let rows: Int
  /// The columns of the map.
  public let columns: Int
  /// The channels of a position.
  public let channels: Int
  /// The output, `[rows · columns · channels]` with the channels of a position beside one another.
  public let activations: [Float]
  /// `∂objective/∂output`, like `activations`.
  public let gradient: [Float]

  /// The number of positions.
  public var positionCount: Int { rows * columns }
}

extension AttributionQuestion {
  /// The output of the layer of class activation maps, and its gradient, at the question's picture.
  ///
  /// The layer is the one that the caller named, else the last one before the objective's through which everything goes that the
  /// objective sees of positions, also before a global pooling. Tokens are laid out on the grid of the patches that they come
  /// from; a class token is left out.
  ///
  /// - Throws: `VisualizationError.noPositions` for a named layer whose output is no map, `.unreachedLayer` for one that the
  ///   objective does not depend on, and `.incompatible` where none is found.
  public func layerSlopes() throws(VisualizationError) -> LayerSlopes {
    let positioned = try positionedLayer()
    let layer = try evaluate(at: picture, gradientsAt: [positioned.layer]).layers[0]
    let grid = positioned.grid
    return LayerSlopes(
      rows: grid.rows, columns: grid.columns, channels: grid.channels,
      activations: grid.maps(layer.activations).elements,
      gradient: grid.maps(layer.gradient).elements)
  }
}
