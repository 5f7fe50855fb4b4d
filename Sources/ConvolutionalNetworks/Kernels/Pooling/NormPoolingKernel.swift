internal import CFVKernels

/// The p-norm of each window; the pullback hands each cell its share of it.
struct NormPoolingKernel: Kernel {
  let geometry: WindowGeometry
  let p: Float
  /// The elements from one position of the output to the next.
  let outputStep: Int

  var pullbackReads: PullbackReads { [.inputs, .outputs] }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pool_norm(
        &window, p, run.inputs[0] + image * geometry.imageCount, channel, count,
        run.outputs[0] + image * geometry.positions * outputStep, outputStep)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    if !run.accumulates[0] {
      gradient.update(repeating: 0, count: geometry.batch * geometry.imageCount)
    }
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pull_back_pool_norm(
        &window, p, run.inputs[0] + image * geometry.imageCount,
        run.outputs[0] + image * geometry.positions * outputStep,
        output + image * geometry.positions * outputStep, outputStep, channel, count,
        gradient + image * geometry.imageCount)
    }
  }
}

extension WindowGeometry {
  /// Shares blocks of channels of each image: windows overlap, channels do not.
  fileprivate func forEachChannelBlock(
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
