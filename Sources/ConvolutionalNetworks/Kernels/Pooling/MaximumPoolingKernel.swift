internal import CFVKernels

/// The largest value of each window; the pullback hands the gradient to the cell that won.
///
/// The pullback looks from each cell at the windows over it, so that every gradient is written once.
struct MaximumPoolingKernel: Kernel {
  let geometry: WindowGeometry
  /// The activation of the maxima.
  let epilogue: Epilogue
  /// The elements from one position of the output to the next.
  let outputStep: Int

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  /// The winners, four to a `Float`, or two where a window has many cells.
  var stateCount: Int {
    let perFloat = keepsBytes ? 4 : 2
    return (geometry.batch * geometry.outputCount + perFloat - 1) / perFloat
  }

  private var keepsBytes: Bool { geometry.cells < 255 }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachOutputBlock(run) { image, rows, channel, count in
      let input = run.inputs[0] + image * geometry.imageCount
      let output = run.outputs[0] + image * geometry.positions * outputStep
      if keepsBytes {
        cfv_pool_maximum_bytes(
          &window, input, rows.lowerBound, rows.upperBound, channel, count, output, outputStep,
          winners(run, of: image))
      } else {
        cfv_pool_maximum_shorts(
          &window, input, rows.lowerBound, rows.upperBound, channel, count, output, outputStep,
          winners(run, of: image))
      }
      let width = geometry.horizontal.output
      epilogue.apply(
        to: output + rows.lowerBound * width * outputStep + channel, rows: rows.count * width,
        columns: count, step: outputStep, channel: channel)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    var window = geometry.window
    let accumulating: Int32 = run.accumulates[0] ? 1 : 0
    if !epilogue.passesGradients {
      geometry.forEachOutputBlock(run) { image, rows, channel, count in
        let width = geometry.horizontal.output
        let first = image * geometry.positions + rows.lowerBound * width
        epilogue.pullBack(
          gradient: output + first * outputStep + channel,
          values: run.outputs[0] + first * outputStep + channel, rows: rows.count * width,
          columns: count, step: outputStep, channel: channel)
      }
    }
    geometry.forEachInputBlock(run) { image, rows, channel, count in
      let output = output + image * geometry.positions * outputStep
      let gradient = gradient + image * geometry.imageCount
      if keepsBytes {
        cfv_pull_back_pool_maximum_bytes(
          &window, output, outputStep, winners(run, of: image), rows.lowerBound, rows.upperBound,
          channel, count, gradient, accumulating)
      } else {
        cfv_pull_back_pool_maximum_shorts(
          &window, output, outputStep, winners(run, of: image), rows.lowerBound, rows.upperBound,
          channel, count, gradient, accumulating)
      }
    }
  }

  private func winners<Number>(_ run: KernelRun, of image: Int) -> UnsafeMutablePointer<Number> {
    UnsafeMutableRawPointer(run.state).assumingMemoryBound(to: Number.self)
      + image * geometry.outputCount
  }
}
