/// The window of a convolution or pooling and how it moves: one number per spatial axis.
public struct SlidingWindow: Sendable, Equatable {
  /// The extent of the window in cells that it touches.
  public let kernel: [Int]
  /// The step from one output cell to the next.
  public let stride: [Int]
  /// The distance between touched cells; 1 is a dense window.
  public let dilation: [Int]
  /// The cells added round the input.
  public let padding: Padding

  /// A window; stride and dilation are 1 and padding 0 unless given.
  public init(
    kernel: [Int], stride: [Int]? = nil, dilation: [Int]? = nil, padding: Padding? = nil
  ) {
    self.kernel = kernel
    self.stride = stride ?? kernel.map { _ in 1 }
    self.dilation = dilation ?? kernel.map { _ in 1 }
    self.padding = padding ?? .none(axes: kernel.count)
  }

  /// Where a window lies along one axis of known extent.
  package struct Placement: Sendable, Equatable {
    package let input: Int
    package let output: Int
    package let kernel: Int
    package let stride: Int
    package let dilation: Int
    package let paddingBefore: Int
    package let paddingAfter: Int

    /// The whole axis as one cell: what a one-dimensional window does along the missing axis.
    package static let single = Placement(
      input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, paddingBefore: 0, paddingAfter: 0)
  }

  /// The placements for spatial extents `spatial`.
  ///
  /// With `ceilMode` a last window may hang over the end, as long as it starts inside the input or the
  /// padding before it.
  ///
  /// - Throws: `ShapeError` where counts differ, a number is out of range or no window fits.
  package func placements(for spatial: [Int], ceilMode: Bool = false) throws(ShapeError)
    -> [Placement]
  {
    try check(axes: spatial.count)
    var result: [Placement] = []
    for axis in spatial.indices {
      result.append(try placement(axis, extent: spatial[axis], ceilMode: ceilMode))
    }
    return result
  }

  /// Checks the window's own numbers for `axes` spatial axes, so that sums of their products do not overflow.
  ///
  /// - Throws: `ShapeError` where counts differ or a number is out of range.
  package func check(axes: Int) throws(ShapeError) {
    guard kernel.count == axes, stride.count == axes, dilation.count == axes else {
      throw ShapeError("a window of \(kernel.count) axes over \(axes) spatial axes")
    }
    guard (kernel + stride + dilation).allSatisfy({ $0 > 0 && $0 <= 1 << 24 }) else {
      throw ShapeError("kernel \(kernel), stride \(stride), dilation \(dilation) must be positive")
    }
    guard case .explicit(let before, let after) = padding else { return }
    guard before.count == axes, after.count == axes,
      (before + after).allSatisfy({ $0 >= 0 && $0 <= 1 << 24 })
    else { throw ShapeError("padding \(before), \(after) for \(axes) axes") }
  }

  private func placement(_ axis: Int, extent: Int, ceilMode: Bool) throws(ShapeError) -> Placement {
    let reach = dilation[axis] * (kernel[axis] - 1) + 1
    let step = stride[axis]
    let before: Int
    let after: Int
    let output: Int
    switch padding {
    case .explicit(let allBefore, let allAfter):
      before = allBefore[axis]
      after = allAfter[axis]
      let room = extent + before + after - reach
      guard room >= 0 else {
        throw ShapeError(
          "a window reaching over \(reach) cells does not fit into \(extent + before + after)")
      }
      var count = (ceilMode ? (room + step - 1) / step : room / step) + 1
      if ceilMode, (count - 1) * step >= extent + before { count -= 1 }
      output = count
    case .sameUpper, .sameLower:
      output = (extent + step - 1) / step
      let total = max((output - 1) * step + reach - extent, 0)
      before = padding == .sameUpper ? total / 2 : total - total / 2
      after = total - before
    }
    guard extent > 0, output > 0 else { throw ShapeError("no window fits into \(extent) cells") }
    return Placement(
      input: extent, output: output, kernel: kernel[axis], stride: step, dilation: dilation[axis],
      paddingBefore: before, paddingAfter: after)
  }
}
