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
}
