extension NumberArray {
  /// The step in `numbers` for a step along each axis of an array of shape `shape`.
  static func strides(of shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    return strides
  }

  /// The numbers met on a walk in row-major order over `extents`, `strides` apart, from `start` on.
  func strided(extents: [Int], strides: [Int], from start: Int = 0) -> [Double] {
    let count = extents.reduce(1, *)
    guard count > 0 else { return [] }
    var result: [Double] = []
    result.reserveCapacity(count)
    var index = [Int](repeating: 0, count: extents.count)
    var position = start
    while true {
      result.append(numbers[position])
      var axis = extents.count - 1
      while axis >= 0 {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < extents[axis] { break }
        position -= strides[axis] * extents[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return result }
    }
  }

  /// What ONNX's Gather takes: the parts at `positions` along `axis`, in the shape of `positions`.
  func gathering(_ positions: NumberArray, axis: Int) throws(ShapeError) -> NumberArray {
    let axis = try normalizedAxis(axis, rank: shape.count)
    let extent = shape[axis]
    let inner = shape[(axis + 1)...].reduce(1, *)
    let resultShape = Array(shape[..<axis]) + positions.shape + Array(shape[(axis + 1)...])
    _ = try Self.count(of: resultShape)
    var offsets: [Int] = []
    for position in try positions.integers() {
      guard (-extent..<extent).contains(position) else {
        throw ShapeError("position \(position) of \(extent)")
      }
      offsets.append((position < 0 ? position + extent : position) * inner)
    }
    var result: [Double] = []
    for outer in 0..<shape[..<axis].reduce(1, *) {
      for offset in offsets {
        let first = outer * extent * inner + offset
        result += numbers[first..<(first + inner)]
      }
    }
    return NumberArray(shape: resultShape, numbers: result)
  }

  /// The arrays joined along `axis`; there is at least one.
  static func joining(_ arrays: [NumberArray], axis: Int) throws(ShapeError) -> NumberArray {
    let shapes = arrays.map(\.shape)
    let shape = try Concatenation(axis: axis).outputShapes(for: shapes, layout: .channelsFirst)[0]
    let axis = try normalizedAxis(axis, rank: shape.count)
    var result: [Double] = []
    result.reserveCapacity(try count(of: shape))
    for outer in 0..<shape[..<axis].reduce(1, *) {
      for array in arrays {
        let run = array.shape[axis...].reduce(1, *)
        result += array.numbers[(outer * run)..<((outer + 1) * run)]
      }
    }
    return NumberArray(shape: shape, numbers: result)
  }

  /// What `Slice` takes, given its starts, ends and perhaps axes and steps.
  func sliced(_ bounds: [ShapeExpression]) throws(ShapeError) -> NumberArray {
    let slice = Slice(
      starts: bounds[0], ends: bounds[1], axes: bounds.count > 2 ? bounds[2] : nil,
      steps: bounds.count > 3 ? bounds[3] : nil)
    let ranges = try slice.ranges(for: shape)
    let ownStrides = Self.strides(of: shape)
    let start = shape.indices.reduce(0) { $0 + ranges[$1].start * ownStrides[$1] }
    let extents = ranges.map(\.count)
    let strides = shape.indices.map { ranges[$0].step * ownStrides[$0] }
    return NumberArray(
      shape: extents, numbers: strided(extents: extents, strides: strides, from: start))
  }

  /// The array repeated along each axis.
  func tiled(_ repeats: NumberArray) throws(ShapeError) -> NumberArray {
    let result = try Tile(repeats: .constant(repeats))
      .outputShapes(for: [shape], layout: .channelsFirst)[0]
    _ = try Self.count(of: result)
    // Each axis with one of extent 1 before it, which is stretched.
    let apart = shape.flatMap { [1, $0] }
    let stretched = zip(shape, result).flatMap { [$0 == 0 ? 1 : $1 / $0, $0] }
    let tiles = NumberArray(shape: apart, numbers: numbers).broadcast(to: stretched)
    return NumberArray(shape: result, numbers: tiles.numbers)
  }

  /// The same numbers under the shape that `operation` gives them.
  func reshaped(by operation: some LayerOperation) throws(ShapeError) -> NumberArray {
    let shape = try operation.outputShapes(for: [shape], layout: .channelsFirst)[0]
    _ = try Self.count(of: shape)
    return NumberArray(shape: shape, numbers: numbers)
  }
}
