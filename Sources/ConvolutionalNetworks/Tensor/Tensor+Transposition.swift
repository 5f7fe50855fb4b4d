extension Tensor {
  /// A copy whose axis `i` is this tensor's axis `permutation[i]`.
  ///
  /// - Precondition: `permutation` holds each of `0 ..< rank` once.
  public func transposed(_ permutation: [Int]) -> Tensor {
    precondition(
      permutation.sorted() == Array(0..<rank), "\(permutation) does not permute \(shape)")
    let plan = TranspositionPlan(shape: shape, permutation: permutation)
    return Tensor(shape: permutation.map { shape[$0] }) { target in
      withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        plan.run(from: from, to: to)
      }
    }
  }
}

/// How to copy an array while permuting its axes: strides in the source for each axis of the target.
package struct TranspositionPlan: Sendable {
  /// The target's shape.
  let extents: [Int]
  /// The step in the source for a step along each axis of the target.
  let strides: [Int]

  package init(shape: [Int], permutation: [Int]) {
    var sourceStrides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      sourceStrides[axis] = sourceStrides[axis + 1] * shape[axis + 1]
    }
    extents = permutation.map { shape[$0] }
    strides = permutation.map { sourceStrides[$0] }
  }

  /// Copies, or with `accumulating` adds, the permuted source into the contiguous target.
  package func run(
    from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    accumulating: Bool = false
  ) {
    guard !extents.contains(0) else { return }
    if let row = extents.indices.dropLast().last(where: { strides[$0] == 1 && extents[$0] > 1 }) {
      return copyPlanes(0, row: row, from: source, to: target, accumulating: accumulating)
    }
    var next = target
    copyAxis(0, from: source, to: &next, accumulating: accumulating)
  }

  /// Copies planes of axis `row`, whose elements are neighbours in the source, and the last one, whose are in
  /// the target.
  private func copyPlanes(
    _ axis: Int, row: Int, from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    if axis == extents.count - 1 {
      let step = extents[(row + 1)...].reduce(1, *)
      copyPlane(row, step: step, from: source, to: target, accumulating: accumulating)
    } else if axis == row {
      copyPlanes(axis + 1, row: row, from: source, to: target, accumulating: accumulating)
    } else {
      let step = extents[(axis + 1)...].reduce(1, *)
      for i in 0..<extents[axis] {
        copyPlanes(
          axis + 1, row: row, from: source + i * strides[axis], to: target + i * step,
          accumulating: accumulating)
      }
    }
  }

  /// Block by block, so that a cache line that was fetched for one number is there for its neighbours.
  private func copyPlane(
    _ row: Int, step: Int, from source: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>, accumulating: Bool
  ) {
    let block = 32
    let (rows, columns, stride) = (
      extents[row], extents[extents.count - 1], strides[extents.count - 1]
    )
    for top in Swift.stride(from: 0, to: rows, by: block) {
      for left in Swift.stride(from: 0, to: columns, by: block) {
        let right = min(left + block, columns)
        for i in top..<min(top + block, rows) {
          let (from, to) = (source + i, target + i * step)
          if accumulating {
            for j in left..<right { to[j] += from[j * stride] }
          } else {
            for j in left..<right { to[j] = from[j * stride] }
          }
        }
      }
    }
  }

  private func copyAxis(
    _ axis: Int, from source: UnsafePointer<Float>, to target: inout UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    guard axis < extents.count else {
      target.pointee = accumulating ? target.pointee + source.pointee : source.pointee
      target += 1
      return
    }
    let extent = extents[axis]
    let stride = strides[axis]
    if axis == extents.count - 1 {
      if accumulating {
        for i in 0..<extent { target[i] += source[i * stride] }
      } else {
        for i in 0..<extent { target[i] = source[i * stride] }
      }
      target += extent
    } else {
      for i in 0..<extent {
        copyAxis(axis + 1, from: source + i * stride, to: &target, accumulating: accumulating)
      }
    }
  }
}
