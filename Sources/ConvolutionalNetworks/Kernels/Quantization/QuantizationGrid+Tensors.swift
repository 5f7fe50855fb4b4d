internal import CFVKernels

// What is quantized before a network runs, such as its weights.

extension Dequantization {
  /// Puts real numbers in the place of a tensor's integers.
  ///
  /// - Throws: `ShapeError` where the grid is not one of such tensors.
  package func apply(to tensor: inout Tensor) throws(ShapeError) {
    try grid.change(&tensor, range: 0...0) { parameters, numbers, count in
      cfv_dequantize(&parameters, numbers, numbers, 0, count)
    }
  }
}

extension Quantization {
  /// Rounds the numbers of a tensor in their place.
  ///
  /// - Throws: `ShapeError` where the grid is not one of such tensors.
  package func apply(to tensor: inout Tensor) throws(ShapeError) {
    let writesIntegers: Int32 = result == .integers ? 1 : 0
    try grid.change(&tensor, range: range) { parameters, numbers, count in
      cfv_quantize(&parameters, writesIntegers, numbers, numbers, nil, 0, count)
    }
  }
}

extension QuantizationGrid {
  /// Hands `body` every stretch of the tensor with the grid of it, so that parameters need not be repeated in memory.
  fileprivate func change(
    _ tensor: inout Tensor, range: ClosedRange<Int>,
    _ body: (inout cfv_quantization, UnsafeMutablePointer<Float>, Int) -> Void
  ) throws(ShapeError) {
    let stretches = try stretches(of: tensor.shape)
    guard tensor.count > 0 else { return }
    tensor.withUnsafeMutableBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      for index in 0..<stretches.count {
        let stretch = stretches.stretch(index)
        var parameters = cfv_quantization(
          steps: scale.unsafeElements + stretch.parameter,
          zeros: zeroPoint.unsafeElements + stretch.parameter, period: stretch.period,
          low: Float(range.lowerBound), high: Float(range.upperBound))
        body(&parameters, start + stretch.first, stretch.count)
      }
    }
  }

  /// The stretches of a tensor over which parameters are the same, or repeat.
  private func stretches(of shape: [Int]) throws(ShapeError) -> Stretches {
    try check(shape)
    switch granularity {
    case .tensor: return Stretches(outer: 1, extent: 1, inner: shape.reduce(1, *), length: nil)
    case .axis(let axis):
      let axis = try normalizedAxis(axis, rank: shape.count)
      return Stretches(
        outer: shape[..<axis].reduce(1, *), extent: shape[axis],
        inner: shape[(axis + 1)...].reduce(1, *), length: nil)
    case .blocks(let length, let axis):
      let axis = try normalizedAxis(axis, rank: shape.count)
      return Stretches(
        outer: shape[..<axis].reduce(1, *), extent: shape[axis],
        inner: shape[(axis + 1)...].reduce(1, *), length: length)
    }
  }
}

/// A tensor seen as `[outer, extent, inner]`, with parameters for each entry of the middle axis or, in blocks of `length`
/// entries, for each of the others too.
private struct Stretches {
  let outer: Int
  let extent: Int
  let inner: Int
  let length: Int?

  private var blocks: Int { length.map { (extent - 1) / $0 + 1 } ?? extent }

  var count: Int {
    switch (length, inner) {
    case (nil, 1): 1
    case (_, 1): outer * blocks
    default: outer * extent
    }
  }

  /// Where a stretch begins, how long it is, its first parameter and after how many they repeat.
  func stretch(_ index: Int) -> (first: Int, count: Int, parameter: Int, period: Int) {
    switch (length, inner) {
    case (nil, 1): return (0, outer * extent, 0, extent)
    case (nil, _): return (index * inner, inner, index % extent, 1)
    case (let length?, 1):
      let entry = index % blocks * length
      return (index / blocks * extent + entry, min(length, extent - entry), index, 1)
    case (let length?, _):
      let parameter = index / extent * blocks + index % extent / length
      return (index * inner, inner, parameter * inner, inner)
    }
  }
}
