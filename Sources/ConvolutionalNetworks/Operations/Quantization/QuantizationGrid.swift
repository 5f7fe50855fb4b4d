/// How integers stand for real numbers: `x = (q − z) · s`, with a scale s and a zero point z.
public struct QuantizationGrid: Sendable, Equatable {
  /// Which numbers have a scale and a zero point in common.
  public enum Granularity: Sendable, Equatable {
    /// All of a tensor.
    case tensor
    /// Those of one entry along a logical axis, such as a channel; negative axes count from the end.
    case axis(Int)
    /// Runs of `length` along a logical axis.
    case blocks(length: Int, axis: Int)
  }

  /// s, of shape `[]`, `[C]` or, for blocks, the tensor's with fewer entries along the axis.
  public let scale: Tensor
  /// z, of the same shape: integers.
  public let zeroPoint: Tensor
  /// Which numbers have a scale and a zero point in common.
  public let granularity: Granularity

  /// A grid of the numbers `(q − zeroPoint) · scale` for integers q.
  ///
  /// - Parameter zeroPoint: of the same number of elements as `scale`; 0 unless given.
  public init(scale: Tensor, zeroPoint: Tensor? = nil, granularity: Granularity = .tensor) {
    self.scale = scale
    self.zeroPoint = zeroPoint ?? Tensor(shape: scale.shape, repeating: 0)
    self.granularity = granularity
  }

  /// One scale and one zero point for all numbers.
  public init(scale: Float, zeroPoint: Float = 0) {
    self.init(
      scale: Tensor(shape: [], elements: [scale]),
      zeroPoint: Tensor(shape: [], elements: [zeroPoint]))
  }

  /// The numbers that define it.
  var parameters: [LayerParameter] {
    LayerParameter.list(["scale": scale, "zeroPoint": zeroPoint])
  }

  /// Checks that the grid is one of values of logical shape `shape`.
  ///
  /// - Throws: `ShapeError` naming the rule that is broken.
  func check(_ shape: [Int]) throws(ShapeError) {
    guard scale.count == zeroPoint.count else {
      throw ShapeError("\(scale.count) scales and \(zeroPoint.count) zero points")
    }
    switch granularity {
    case .tensor:
      guard scale.count == 1 else { throw ShapeError("\(scale.count) scales of a whole tensor") }
    case .axis(let axis):
      let axis = try normalizedAxis(axis, rank: shape.count)
      guard scale.count == shape[axis] else {
        throw ShapeError("\(scale.count) scales for \(shape[axis]) entries of axis \(axis)")
      }
    case .blocks(let length, let axis):
      let axis = try normalizedAxis(axis, rank: shape.count)
      var blocks = shape
      blocks[axis] = length > 0 ? (shape[axis] - 1) / length + 1 : 0
      guard length > 0, shape[axis] > 0, scale.shape == blocks else {
        throw ShapeError(
          "scales of shape \(scale.shape) for blocks of \(length) along axis \(axis) of \(shape)")
      }
    }
  }

  /// The scale and the zero point of every number, as tensors that broadcast against a value of logical shape `shape`.
  ///
  /// - Throws: `ShapeError` where the grid is not one of such values.
  package func broadcast(to shape: [Int]) throws(ShapeError) -> (scale: Tensor, zeroPoint: Tensor) {
    try check(shape)
    func spread(_ tensor: Tensor) throws(ShapeError) -> Tensor {
      switch granularity {
      case .tensor: return tensor.reshaped(to: [])
      case .axis(let axis):
        let inner = shape.count - 1 - (try normalizedAxis(axis, rank: shape.count))
        return tensor.reshaped(to: [tensor.count] + Array(repeating: 1, count: inner))
      case .blocks(let length, let axis):
        return tensor.repeated(
          length, along: try normalizedAxis(axis, rank: shape.count), to: shape)
      }
    }
    return (try spread(scale), try spread(zeroPoint))
  }
}

extension Tensor {
  /// Each entry of an axis `times` times, as far as the axis of `shape` goes.
  fileprivate func repeated(_ times: Int, along axis: Int, to shape: [Int]) -> Tensor {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let entries = self.shape[axis]
    return Tensor(shape: shape) { target in
      withUnsafeBufferPointer { source in
        for row in 0..<(inner > 0 ? target.count / inner : 0) {
          let entry = row / shape[axis] * entries + row % shape[axis] / times
          _ = target[row * inner..<(row + 1) * inner].update(
            fromContentsOf: source[entry * inner..<(entry + 1) * inner])
        }
      }
    }
  }
}
