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
    var next = target
    copyAxis(0, from: source, to: &next, accumulating: accumulating)
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
