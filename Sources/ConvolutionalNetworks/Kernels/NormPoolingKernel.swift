internal import CFVKernels

/// The p-norm of each window; the pullback hands each cell its share of it.
struct NormPoolingKernel: Kernel {
  let geometry: WindowGeometry
  let p: Float

  var pullbackReads: PullbackReads { [.inputs, .outputs] }

  func forward(_ run: KernelRun) {
    var window = geometry.window
    geometry.forEachChannelBlock(run) { image, channel, count in
      cfv_pool_norm(
        &window, p, run.inputs[0] + image * geometry.imageCount, channel, count,
        run.outputs[0] + image * geometry.outputCount)
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
        run.outputs[0] + image * geometry.outputCount, output + image * geometry.outputCount,
        channel, count, gradient + image * geometry.imageCount)
    }
  }
}
