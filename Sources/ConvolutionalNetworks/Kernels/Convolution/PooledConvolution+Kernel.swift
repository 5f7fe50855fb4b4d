extension PooledConvolution: SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  /// A convolution whose products pool its result on the way forward and unpool the gradient on the way back.
  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    ProductConvolutionKernel(
      geometry: geometry, weights: convolution.weights, context,
      pooledPositions: geometry.input.batch * pooledPositions)
  }

  package func heldCount(_ context: KernelContext) -> Int { convolution.heldCount(context) }
}
