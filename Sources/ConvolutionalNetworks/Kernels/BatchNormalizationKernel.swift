internal import CFVKernels

extension BatchNormalization: EpilogueFusing, SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    return ChannelwiseAffineKernel(
      rows: input.dropLast().reduce(1, *), channels: input[input.count - 1],
      epilogue: context.epilogue.preceded(by: self), outputStep: context.outputStep)
  }

  package func heldCount(_ context: KernelContext) -> Int { 2 * scale.count }
}

/// A factor and an offset per channel and the activation after them: batch normalization with no convolution
/// before it.
struct ChannelwiseAffineKernel: Kernel {
  let rows: Int
  let channels: Int
  let epilogue: Epilogue
  /// The elements from one row of the output to the next.
  let outputStep: Int

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    run.forEachBlock(ofRows: rows, width: channels, elements: Self.chunk) { first, rows, _ in
      epilogue.withParameters {
        cfv_map_channels(
          &$0, run.inputs[0] + first * channels, run.outputs[0] + first * outputStep, outputStep,
          rows, channels)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(ofRows: rows, width: channels, elements: Self.chunk) { first, rows, _ in
      epilogue.withParameters {
        cfv_pull_back_map_channels(
          &$0, run.outputs[0] + first * outputStep, output + first * outputStep, outputStep,
          gradient + first * channels, rows, channels, run.accumulates[0] ? 1 : 0)
      }
    }
  }
}
