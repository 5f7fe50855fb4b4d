internal import CFVKernels

extension Pooling: CompilableOperation {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let geometry = try WindowGeometry(input: context.inputs[0], window: window, ceilMode: ceilMode)
    switch reduction {
    case .maximum:
      guard geometry.cells < Int(UInt16.max) else { throw ShapeError("the window is too large") }
      return MaximumPoolingKernel(geometry: geometry)
    case .average(let countsPadding):
      return AveragePoolingKernel(geometry: geometry, countsPadding: countsPadding)
    case .norm(let p): return NormPoolingKernel(geometry: geometry, p: p)
    }
  }
}

/// The largest value of each window; the pullback hands the gradient to the cell that won.
struct MaximumPoolingKernel: Kernel {
  let geometry: WindowGeometry

  var pullbackReads: PullbackReads { [] }

  /// The winners, two to a `Float`.
  var stateCount: Int { (geometry.batch * geometry.positions * geometry.channels + 1) / 2 }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pool_maximum(
        &window, run.inputs[0] + image * geometry.imageCount, channel, count,
        run.outputs[0] + image * geometry.outputCount,
        winners(run) + image * geometry.outputCount)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    if !run.accumulates[0] {
      gradient.update(repeating: 0, count: geometry.batch * geometry.imageCount)
    }
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pull_back_pool_maximum(
        &window, output + image * geometry.outputCount,
        winners(run) + image * geometry.outputCount, channel, count,
        gradient + image * geometry.imageCount)
    }
  }

  private func winners(_ run: KernelRun) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(run.state).assumingMemoryBound(to: UInt16.self)
  }
}

/// The mean of each window; the pullback shares the gradient among its cells.
struct AveragePoolingKernel: Kernel {
  let geometry: WindowGeometry
  /// What the sum at each output position is divided by.
  private let divisors: Tensor

  init(geometry: WindowGeometry, countsPadding: Bool) {
    self.geometry = geometry
    let rows = geometry.vertical.cellCounts(countingPadding: countsPadding)
    let columns = geometry.horizontal.cellCounts(countingPadding: countsPadding)
    divisors = Tensor(
      shape: [rows.count, columns.count],
      elements: rows.flatMap { row in columns.map { Float(max(row * $0, 1)) } })
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pool_average(
        &window, run.inputs[0] + image * geometry.imageCount, divisors.unsafeElements, channel,
        count, run.outputs[0] + image * geometry.outputCount)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    if !run.accumulates[0] {
      gradient.update(repeating: 0, count: geometry.batch * geometry.imageCount)
    }
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pull_back_pool_average(
        &window, output + image * geometry.outputCount, divisors.unsafeElements, channel, count,
        gradient + image * geometry.imageCount)
    }
  }
}

extension WindowGeometry {
  /// The elements of one image of the output.
  var outputCount: Int { positions * channels }

  /// Shares blocks of channels of each image: windows overlap, channels do not.
  func forEachChannelBlock(
    _ run: KernelRun, _ body: (_ image: Int, _ channel: Int, _ count: Int) -> Void
  ) {
    let width = min(channels, max(16, (channels / 8 + 15) / 16 * 16))
    let blocks = (channels + width - 1) / width
    run.forEachChunk(batch * blocks) { chunk, _ in
      let channel = chunk % blocks * width
      body(chunk / blocks, channel, min(width, channels - channel))
    }
  }
}

extension SlidingWindow.Placement {
  /// How many cells of each window count: those inside the input, or inside the padded input as well.
  ///
  /// Cells beyond the padding, where ceil mode hangs a window over the end, never count.
  fileprivate func cellCounts(countingPadding: Bool) -> [Int] {
    // Counted by division: a window may have any number of cells.
    (0..<output).map { position in
      let start = position * stride - paddingBefore
      let end = countingPadding ? input + paddingAfter : input
      let first = countingPadding || start >= 0 ? 0 : (dilation - 1 - start) / dilation
      let last = end > start ? (end - start - 1) / dilation + 1 : 0
      return max(0, min(kernel, last) - first)
    }
  }
}
