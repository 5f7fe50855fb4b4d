/// Moves channels into space: each cell becomes a block of `blockSize` × `blockSize` cells with fewer channels.
public struct DepthToSpace: LayerOperation {
  /// How the channels of a block's cells lie among those of the cell that they come from.
  public enum Order: Sendable {
    /// All channels of the first cell, then those of the next: TensorFlow's order, ONNX's DCR.
    case depthColumnRow
    /// The first channel of all cells, then the next: PyTorch's pixel shuffle, ONNX's CRD.
    case columnRowDepth
  }

  /// The height and the width of a block.
  public let blockSize: Int
  /// How the channels lie.
  public let order: Order

  public init(blockSize: Int, order: Order = .depthColumnRow) {
    self.blockSize = blockSize
    self.order = order
  }

  public var kind: String { "DepthToSpace" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let map = try BlockedMap(inputs[0], layout: layout, blockSize: blockSize)
    guard map.channels % map.cells == 0 else {
      throw ShapeError("\(map.channels) channels do not make blocks of \(map.cells) cells")
    }
    return [
      layout.shape(
        batch: map.batch, spatial: [map.height * blockSize, map.width * blockSize],
        channels: map.channels / map.cells)
    ]
  }
}

/// Moves space into channels: each block of `blockSize` × `blockSize` cells becomes one cell, the channels of
/// its first cell before those of the next.
public struct SpaceToDepth: LayerOperation {
  /// The height and the width of a block.
  public let blockSize: Int

  public init(blockSize: Int) { self.blockSize = blockSize }

  public var kind: String { "SpaceToDepth" }
  public var parameters: [LayerParameter] { [] }

  public func outputShapes(for inputs: [[Int]], layout: TensorLayout) throws(ShapeError) -> [[Int]]
  {
    let map = try BlockedMap(inputs[0], layout: layout, blockSize: blockSize)
    guard map.height % blockSize == 0, map.width % blockSize == 0 else {
      throw ShapeError("\(map.height) × \(map.width) cells do not fall into blocks of \(blockSize)")
    }
    return [
      layout.shape(
        batch: map.batch, spatial: [map.height / blockSize, map.width / blockSize],
        channels: map.channels * map.cells)
    ]
  }
}

/// The extents of a feature map that falls into blocks, or from whose channels blocks are made.
private struct BlockedMap {
  let batch: Int
  let height: Int
  let width: Int
  let channels: Int
  /// The cells of a block.
  let cells: Int

  init(_ shape: [Int], layout: TensorLayout, blockSize: Int) throws(ShapeError) {
    guard shape.count == 4, (1...1 << 12).contains(blockSize) else {
      throw ShapeError("blocks of \(blockSize) cells need a feature map with two spatial axes")
    }
    let spatial = Array(shape[layout.spatialAxes(rank: 4)])
    batch = shape[0]
    height = spatial[0]
    width = spatial[1]
    channels = shape[layout.channelAxis(rank: 4)]
    cells = blockSize * blockSize
  }
}
