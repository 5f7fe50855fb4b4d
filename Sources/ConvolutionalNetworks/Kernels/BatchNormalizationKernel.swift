extension BatchNormalization: EpilogueFusing {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let input = context.inputs[0]
    let channels = input[input.count - 1]
    guard let own = Epilogue.none.followed(by: self) else { throw ShapeError("cannot be folded") }
    return ChannelwiseAffineKernel(
      rows: input.dropLast().reduce(1, *), channels: channels, affine: own,
      epilogue: context.epilogue)
  }
}

/// A factor and an offset per channel, and what is fused after them: batch normalization with no
/// convolution before it.
struct ChannelwiseAffineKernel: Kernel {
  let rows: Int
  let channels: Int
  let affine: Epilogue
  let epilogue: Epilogue

  private static let chunk = 256

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    forEachBlock(run) { offset, rows in
      let output = run.outputs[0] + offset
      output.update(from: run.inputs[0] + offset, count: rows * channels)
      affine.apply(to: output, rows: rows, columns: channels, step: channels)
      epilogue.apply(to: output, rows: rows, columns: channels, step: channels)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    forEachBlock(run) { offset, rows in
      let values = run.outputs[0] + offset
      epilogue.pullBack(
        gradient: output + offset, values: values, rows: rows, columns: channels, step: channels)
      affine.pullBack(
        gradient: output + offset, values: values, rows: rows, columns: channels, step: channels)
      add(output + offset, to: gradient + offset, rows * channels, run.accumulates[0])
    }
  }

  private func forEachBlock(_ run: KernelRun, _ body: (_ offset: Int, _ rows: Int) -> Void) {
    run.forEachChunk((rows + Self.chunk - 1) / Self.chunk) { chunk, _ in
      let first = chunk * Self.chunk
      body(first * channels, min(Self.chunk, rows - first))
    }
  }
}
