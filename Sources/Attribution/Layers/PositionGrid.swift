import FeatureVisualization

/// How the positions of a layer's output make a map: `[N, H, W, C]` is one, and tokens `[N, T, C]` are one after the other.
package struct PositionGrid: Sendable, Equatable {
  /// The rows of the map.
  package let rows: Int
  /// The columns of the map.
  package let columns: Int
  /// The numbers of a position.
  package let channels: Int
  /// The tokens in front that have no position, such as a class token.
  package let leadingTokens: Int
  /// The tokens behind that have none.
  package let trailingTokens: Int
  /// What lies along the axes of the output as it is handed out, but for the batch: rows, columns, both, or channels.
  private let axes: [Axis]

  private enum Axis { case rows, columns, tokens, channels, single }

  /// - Parameter axes: what lies along the axes of the output as it is handed out.
  /// - Parameter shape: their extents.
  /// - Parameter pictureCount: the pictures that the shape is for.
  /// - Returns: `nil` where they are no map of more than one position, as those of attention heads.
  init?(_ axes: [AxisContent], shape: [Int], pictureCount: Int) {
    guard axes.count == shape.count, shape.first == pictureCount,
      axes[0] == .whole(.pictures, pictureCount)
    else { return nil }
    var found: [Axis] = []
    var (rows, columns, channels, leading, trailing) = (1, 1, 1, 0, 0)
    for (content, extent) in zip(axes, shape).dropFirst() {
      if extent == 1 {
        found.append(.single)
      } else if !content.isFollowed {
        found.append(.channels)
        channels = extent
      } else if let dimension = content.wholeDimension, dimension != .pictures {
        found.append(dimension == .rows ? .rows : .columns)
        if dimension == .rows { rows = extent } else { columns = extent }
      } else if let grid = content.grid {
        found.append(.tokens)
        (rows, columns) = grid
        (leading, trailing) = (content.before, content.after)
      } else {
        return nil
      }
    }
    func count(_ axis: Axis) -> Int { found.filter { $0 == axis }.count }
    guard count(.channels) <= 1, count(.rows) <= 1, count(.columns) <= 1,
      count(.tokens) == 0 || (count(.tokens) == 1 && count(.rows) + count(.columns) == 0),
      rows * columns > 1
    else { return nil }
    self.axes = found
    (self.rows, self.columns, self.channels) = (rows, columns, channels)
    (leadingTokens, trailingTokens) = (leading, trailing)
  }

  /// The grid of an output `[N, C]`: one position.
  init(channels: Int) {
    (rows, columns, self.channels) = (1, 1, channels)
    (leadingTokens, trailingTokens) = (0, 0)
    axes = [.channels]
  }

  /// Whether the positions are tokens.
  package var isOfTokens: Bool { axes.contains(.tokens) }

  /// The output of a layer, or its gradient, laid out: `[N, rows, columns, channels]`; tokens without a position are left
  /// out.
  ///
  /// - Parameter tensor: as an evaluation hands it out.
  package func maps(_ tensor: Tensor) -> Tensor {
    let shape = [tensor.pictureCount, rows, columns, channels]
    let own = axes.filter { $0 != .single }
    if own == [.rows, .columns, .channels] || own == [.channels] {
      return tensor.reshaped(to: shape)
    }
    var strides: [Axis: Int] = [:]
    var stride = 1
    for (axis, extent) in zip(axes, tensor.shape.dropFirst()).reversed() {
      strides[axis] = stride
      stride *= extent
    }
    let token = strides[.tokens]
    let (row, column) = (
      token.map { $0 * columns } ?? strides[.rows] ?? 0, token ?? strides[.columns] ?? 0
    )
    let (channel, first) = (strides[.channels] ?? 0, (token ?? 0) * leadingTokens)
    var result = Tensor(shape: shape)
    let elements = tensor.span
    var target = result.mutableSpan
    var index = 0
    for picture in 0..<shape[0] {
      for y in 0..<rows {
        for x in 0..<columns {
          let place = picture * stride + first + y * row + x * column
          for c in 0..<channels {
            target[index] = elements[place + c * channel]
            index += 1
          }
        }
      }
    }
    return result
  }
}
