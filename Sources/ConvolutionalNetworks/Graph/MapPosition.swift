/// A position of a feature map.
public enum MapPosition: Sendable, Hashable {
  /// This row and column, numbered from 0.
  case cell(row: Int, column: Int)
  /// Row `height / 2` and column `width / 2`, rounded down: where lucid looks for a neuron unless told.
  case center

  /// The row and the column in a map of shape `[N, H, W, C]`; one of `[N, L, C]` has L rows of one column.
  ///
  /// - Returns: `nil` where the map has no such position, or is no map.
  package func cell(in shape: [Int]) -> (row: Int, column: Int)? {
    guard let (height, width) = Self.extents(of: shape), height > 0, width > 0 else { return nil }
    guard case .cell(let row, let column) = self else { return (height / 2, width / 2) }
    guard (0..<height).contains(row), (0..<width).contains(column) else { return nil }
    return (row, column)
  }

  /// Refuses a layer that does not have the position.
  ///
  /// - Parameter shape: the layer's, `[N, H, W, C]` for feature maps.
  /// - Throws: `VisualizationError.positionOutOfRange` or `.noPositions`.
  package func validate(in shape: [Int], layer: String) throws(VisualizationError) {
    guard cell(in: shape) == nil else { return }
    guard let (height, width) = Self.extents(of: shape), case .cell(let row, let column) = self
    else { throw .noPositions(layer: layer, shape: shape) }
    throw .positionOutOfRange(row: row, column: column, layer: layer, height: height, width: width)
  }

  private static func extents(of shape: [Int]) -> (height: Int, width: Int)? {
    switch shape.count {
    case 3: (shape[1], 1)
    case 4: (shape[1], shape[2])
    default: nil
    }
  }
}

extension MapPosition: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cell(let row, let column): "\(row),\(column)"
    case .center: "center"
    }
  }
}
