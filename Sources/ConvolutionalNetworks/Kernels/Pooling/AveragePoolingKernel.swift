internal import CFVKernels

/// The mean of each window; the pullback shares the gradient among its cells.
struct AveragePoolingKernel: Kernel {
  let geometry: WindowGeometry
  /// The elements from one position of the output to the next.
  let outputStep: Int
  /// What the sum at each output position is multiplied by.
  let shares: Tensor

  init(geometry: WindowGeometry, countsPadding: Bool, outputStep: Int) {
    self.geometry = geometry
    self.outputStep = outputStep
    let rows = geometry.vertical.cellCounts(countingPadding: countsPadding)
    let columns = geometry.horizontal.cellCounts(countingPadding: countsPadding)
    shares = Tensor(
      shape: [rows.count, columns.count],
      elements: rows.flatMap { row in columns.map { 1 / Float(max(row * $0, 1)) } })
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachOutputBlock(run) { image, rows, channel, count in
      cfv_pool_average(
        &window, run.inputs[0] + image * geometry.imageCount, shares.unsafeElements,
        rows.lowerBound, rows.upperBound, channel, count,
        run.outputs[0] + image * geometry.positions * outputStep, outputStep)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    var window = geometry.window
    geometry.forEachInputBlock(run) { image, rows, channel, count in
      cfv_pull_back_pool_average(
        &window, output + image * geometry.positions * outputStep, outputStep,
        shares.unsafeElements, rows.lowerBound, rows.upperBound, channel, count,
        gradient + image * geometry.imageCount, run.accumulates[0] ? 1 : 0)
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
