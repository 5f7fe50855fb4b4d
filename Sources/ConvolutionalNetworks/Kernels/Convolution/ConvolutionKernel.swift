extension Convolution: EpilogueFusing, SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let geometry = try ConvolutionGeometry(
      input: context.inputs[0], outputChannels: weights.shape[0], window: window, groups: groups)
    // The one place where an algorithm is chosen.
    if geometry.isPointwise {
      return PointwiseConvolutionKernel(
        geometry: geometry, weights: weights, epilogue: context.epilogue,
        outputStep: context.outputStep)
    }
    if geometry.isDepthwise {
      return DepthwiseConvolutionKernel(
        geometry: geometry, weights: weights, epilogue: context.epilogue,
        outputStep: context.outputStep)
    }
    return MatrixConvolutionKernel(
      geometry: geometry, weights: weights, epilogue: context.epilogue,
      outputStep: context.outputStep)
  }
}
