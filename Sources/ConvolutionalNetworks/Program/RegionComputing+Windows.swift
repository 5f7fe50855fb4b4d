// Operations with sliding windows: padding stays where the part touches an edge of the map.

extension Convolution: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    guard
      let part = window.part(region, input: shapes[0], outputs: weights.shape[0], layout: layout)
    else { return nil }
    return RegionComputation(operation: padded(part.window.padding), inputs: [part.read])
  }
}

extension Pooling: RegionComputing {
  func computing(_ region: ValueRegion, inputs shapes: [[Int]], layout: TensorLayout)
    -> RegionComputation?
  {
    // The mean over padded cells does not count those beyond the padding; to others all cells outside are the same.
    let countsPadding = reduction == .average(countsPadding: true)
    let channels = shapes[0][layout.channelAxis(rank: shapes[0].count)]
    guard
      let part = window.part(
        region, input: shapes[0], outputs: channels, layout: layout, ceilMode: ceilMode,
        hangsOver: countsPadding)
    else { return nil }
    return RegionComputation(
      operation: Pooling(reduction, window: part.window, ceilMode: ceilMode && countsPadding),
      inputs: [part.read])
  }
}

extension SlidingWindow {
  /// The window over the part of a feature map that some of its outputs look at.
  ///
  /// The cells of output `a` begin at `a · stride − padding`, in the padding where that is outside the map.
  ///
  /// - Parameters:
  ///   - shape: the map's, logical.
  ///   - outputs: the channels of the output, which the part must have all of.
  ///   - hangsOver: whether cells beyond the padding, which only `ceilMode` has, are no padding.
  /// - Returns: `nil` where no cell of the map is looked at.
  fileprivate func part(
    _ region: ValueRegion, input shape: [Int], outputs: Int, layout: TensorLayout,
    ceilMode: Bool = false, hangsOver: Bool = false
  ) -> (window: SlidingWindow, read: ValueRegion)? {
    let spatial = layout.spatialAxes(rank: shape.count)
    let channelAxis = layout.channelAxis(rank: shape.count)
    guard region.axes[channelAxis] == 0..<outputs,
      let placements = try? placements(for: Array(shape[spatial]), ceilMode: ceilMode)
    else { return nil }
    var read = region
    read.axes[channelAxis] = 0..<shape[channelAxis]
    var (before, after): ([Int], [Int]) = ([], [])
    for (axis, placement) in zip(spatial, placements) {
      let part = region.axes[axis]
      let first = part.lowerBound * placement.stride - placement.paddingBefore
      let reach = placement.dilation * (placement.kernel - 1) + 1
      let end = first + (part.count - 1) * placement.stride + reach
      let inside = (first..<end).clamped(to: 0..<placement.input)
      guard !inside.isEmpty else { return nil }
      let last = hangsOver ? min(end, placement.input + placement.paddingAfter) : end
      read.axes[axis] = inside
      before.append(inside.lowerBound - first)
      after.append(last - inside.upperBound)
    }
    let window = SlidingWindow(
      kernel: kernel, stride: stride, dilation: dilation,
      padding: .explicit(before: before, after: after))
    // The last window alone may hang over so far that it would not fit.
    let made = try? window.placements(
      for: Array(read.shape[spatial]), ceilMode: ceilMode && hangsOver)
    guard made?.map(\.output) == Array(region.shape[spatial]) else { return nil }
    return (window, read)
  }
}
