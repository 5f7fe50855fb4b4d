/// A 1×1 convolution: a matrix product over the positions of each image, cut into blocks of rows and of channels.
struct PointwiseConvolutionKernel: LibraryKernel {
  let geometry: ConvolutionGeometry
  let weights: Tensor
  let epilogue: Epilogue
  /// The elements from one row of the output to the next.
  let outputStep: Int

  private var inputs: Int { geometry.input.channels }
  private var outputs: Int { geometry.outputChannels }

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    forEachBlock(run, columns: outputs) { rows, channels in
      let output = run.outputs[0] + rows.lowerBound * outputStep + channels.lowerBound
      MatrixProduct.compute(
        rows: rows.count, columns: channels.count, inner: inputs,
        .plain(run.inputs[0] + rows.lowerBound * inputs, step: inputs),
        .transposed(weights.unsafeElements + channels.lowerBound * inputs, step: inputs),
        into: output, step: outputStep)
      epilogue.apply(
        to: output, rows: rows.count, columns: channels.count, step: outputStep,
        channel: channels.lowerBound)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    if !epilogue.passesGradients {
      forEachBlock(run, columns: outputs) { rows, channels in
        let offset = rows.lowerBound * outputStep + channels.lowerBound
        epilogue.pullBack(
          gradient: output + offset, values: run.outputs[0] + offset, rows: rows.count,
          columns: channels.count, step: outputStep, channel: channels.lowerBound)
      }
    }
    forEachBlock(run, columns: inputs) { rows, channels in
      MatrixProduct.compute(
        rows: rows.count, columns: channels.count, inner: outputs,
        .plain(output + rows.lowerBound * outputStep, step: outputStep),
        .plain(weights.unsafeElements + channels.lowerBound, step: inputs),
        into: gradient + rows.lowerBound * inputs + channels.lowerBound, step: inputs,
        accumulating: run.accumulates[0])
    }
  }

  /// Shares blocks of rows of one image and of columns of a `rows × columns` matrix.
  private func forEachBlock(
    _ run: KernelRun, columns: Int, _ body: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
  ) {
    let positions = geometry.input.positions
    let height = min(positions, 256)
    let rowBlocks = (positions + height - 1) / height
    let width =
      rowBlocks >= 4
      ? columns : geometry.roundedUp((columns + 3) / 4, to: 16, atMost: columns)
    let columnBlocks = (columns + width - 1) / width
    run.forEachChunk(geometry.input.batch * rowBlocks * columnBlocks) { chunk, _ in
      let (image, block) = (chunk / columnBlocks / rowBlocks, chunk / columnBlocks % rowBlocks)
      let (start, row) = (image * positions, block * height)
      let column = chunk % columnBlocks * width
      body(
        start + row..<start + min(row + height, positions),
        column..<min(column + width, columns))
    }
  }
}
