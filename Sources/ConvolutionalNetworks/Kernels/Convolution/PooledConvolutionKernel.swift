internal import CFVKernels

extension PooledConvolution: SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    PooledConvolutionKernel(
      convolution: ProductConvolutionKernel(
        geometry: geometry, weights: convolution.weights, epilogue: context.epilogue,
        outputStep: context.outputStep, pullsBack: context.inputsNeedGradients[0], pools: true),
      stateCount: geometry.input.batch * pooledPositions
        * cfv_padded_columns(geometry.outputChannels) / 4)
  }
}

/// A convolution whose products pool its result on the way forward and unpool the gradient on the way back.
struct PooledConvolutionKernel: Kernel {
  let convolution: ProductConvolutionKernel
  /// The winners, four to a `Float`.
  let stateCount: Int

  var pullbackReads: PullbackReads { convolution.pullbackReads }
  var scratchCount: Int { convolution.scratchCount }
  var sharedCount: Int { convolution.sharedCount }

  func forward(_ run: KernelRun) { convolution.forward(run) }
  func pullback(_ run: KernelRun) { convolution.pullback(run) }
}
