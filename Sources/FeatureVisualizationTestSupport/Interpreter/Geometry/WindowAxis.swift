import ConvolutionalNetworks

/// How a window moves along one axis: cell `k` of window `p` lies at `p · stride + k · dilation − before`.
struct WindowAxis {
  let input: Int
  let output: Int
  let kernel: Int
  let stride: Int
  let dilation: Int
  let before: Int
  let after: Int

  /// The axis that a window of one spatial axis lacks.
  static let single = WindowAxis(
    input: 1, output: 1, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0)

  /// Where a cell of a window lies; outside `0 ..< input` it lies in the padding or beyond.
  func position(window: Int, cell: Int) -> Int { window * stride + cell * dilation - before }

  /// The windows whose cell `cell` lies inside the input.
  func windowsInside(cell: Int) -> Range<Int> {
    let inside = (0..<output).filter { (0..<input).contains(position(window: $0, cell: cell)) }
    guard let first = inside.first, let last = inside.last else { return 0..<0 }
    return first..<(last + 1)
  }

  /// The positions inside the input that a window touches.
  func cellsInside(window: Int) -> [Int] {
    (0..<kernel).map { position(window: window, cell: $0) }.filter { (0..<input).contains($0) }
  }

  /// The number of cells of a window that lie inside the padded input. Where ceil mode lets the last window
  /// hang over the padding as well, the cells beyond do not count.
  func paddedCellCount(window: Int) -> Int {
    (0..<kernel).count { position(window: window, cell: $0) < input + after }
  }
}

extension SlidingWindow {
  /// The window's axes over a map of one to three spatial ones: depth, rows and columns.
  ///
  /// - Precondition: `placements` accepts the extents.
  func volumeAxes(over spatial: [Int], ceilMode: Bool = false) -> (
    slices: WindowAxis, rows: WindowAxis, columns: WindowAxis
  ) {
    let axes = spatial.indices.map { axis(of: $0, input: spatial[$0], ceilMode: ceilMode) }
    let all = Array(repeating: WindowAxis.single, count: 3 - axes.count) + axes
    return (all[0], all[1], all[2])
  }

  private func axis(of axis: Int, input: Int, ceilMode: Bool) -> WindowAxis {
    let (kernel, stride, dilation) = (kernel[axis], stride[axis], dilation[axis])
    let reach = (kernel - 1) * dilation + 1
    var (before, after) = (0, 0)
    var output: Int
    switch padding {
    case .explicit(let allBefore, let allAfter):
      (before, after) = (allBefore[axis], allAfter[axis])
      let steps = Double(input + before + after - reach) / Double(stride)
      output = Int(ceilMode ? steps.rounded(.up) : steps.rounded(.down)) + 1
      // A window that would start beyond the input, in the padding after it, is left out.
      if ceilMode, (output - 1) * stride >= input + before { output -= 1 }
    case .sameUpper, .sameLower:
      output = Int((Double(input) / Double(stride)).rounded(.up))
      let cells = max((output - 1) * stride + reach - input, 0)
      (before, after) = (cells / 2, cells - cells / 2)
      if padding == .sameLower { swap(&before, &after) }
    }
    return WindowAxis(
      input: input, output: output, kernel: kernel, stride: stride, dilation: dilation,
      before: before, after: after)
  }
}
