extension TransposedConvolution: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let (input, output) = (context.inputs[0], context.outputs[0])
    let placements = try placements(for: Array(input.dropFirst().dropLast()))
    let window = try WindowGeometry(
      batch: input[0], channels: output[output.count - 1], placements: placements)
    return TransposedConvolutionKernel(
      adjoint: MatrixConvolutionKernel(
        geometry: ConvolutionGeometry(
          input: window, outputChannels: input[input.count - 1], groups: groups),
        weights: weights, epilogue: .none, outputStep: input[input.count - 1]),
      epilogue: context.epilogue)
  }
}

/// The pullback of a convolution as a forward pass, and its forward pass as the pullback.
struct TransposedConvolutionKernel: LibraryKernel {
  /// The convolution from this one's outputs to its inputs.
  let adjoint: MatrixConvolutionKernel
  let epilogue: Epilogue

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  var scratchCount: Int { adjoint.scratchCount }

  func forward(_ run: KernelRun) {
    adjoint.pullBack(run, run.inputs[0], into: run.outputs[0], accumulating: false)
    blocks.apply(run)
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    blocks.pullBack(run, output)
    adjoint.convolve(run, output, into: gradient, accumulating: run.accumulates[0])
  }

  private var blocks: EpilogueBlocks {
    let map = adjoint.geometry.input
    return EpilogueBlocks(
      epilogue, rows: map.batch * map.vertical.input * map.horizontal.input, channels: map.channels)
  }
}
