extension DoubleTensor {
  /// A copy whose axis `i` is this tensor's axis `permutation[i]`.
  ///
  /// - Precondition: `permutation` holds each of `0 ..< rank` once.
  public func transposed(_ permutation: [Int]) -> DoubleTensor {
    precondition(
      permutation.sorted() == Array(0..<rank), "\(permutation) does not permute \(shape)")
    let strides = rowMajorStrides(of: shape)
    let extents = permutation.map { shape[$0] }
    let offsets = elementOffsets(extents: extents, strides: permutation.map { strides[$0] })
    return DoubleTensor(shape: extents, elements: offsets.map { elements[$0] })
  }

  /// The position in `elements` of what stands at each element of `shape`, once this tensor is stretched to
  /// it: aligned at the last axis, extents of 1 repeated (NumPy's rule).
  func broadcastOffsets(to target: [Int]) -> [Int] {
    let missing = target.count - rank
    let strides = zip(shape, rowMajorStrides(of: shape)).map { $0 == 1 ? 0 : $1 }
    return elementOffsets(
      extents: target, strides: Array(repeating: 0, count: missing) + strides)
  }
}

/// The distance in memory between neighbours along each axis of a row-major array.
private func rowMajorStrides(of shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}

/// `Σ_axis index[axis] · strides[axis]` for every index below `extents`, in row-major order.
private func elementOffsets(extents: [Int], strides: [Int]) -> [Int] {
  var offsets = [0]
  for (extent, stride) in zip(extents, strides) {
    var longer: [Int] = []
    longer.reserveCapacity(offsets.count * extent)
    for offset in offsets {
      for index in 0..<extent { longer.append(offset + index * stride) }
    }
    offsets = longer
  }
  return offsets
}
