internal import CFVKernels

/// Any convolution as matrix products over gathered windows (im2col), and back (col2im).
struct MatrixConvolutionKernel: LibraryKernel {
  let geometry: ConvolutionGeometry
  let weights: Tensor
  let epilogue: Epilogue
  /// The elements from one row of the output to the next.
  let outputStep: Int

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  var scratchCount: Int {
    max(
      geometry.rowsPerChunk * geometry.weightsPerOutput,
      pullbackRows * geometry.input.cells * channelsPerChunk)
  }

  func forward(_ run: KernelRun) {
    convolve(run, run.inputs[0], into: run.outputs[0], accumulating: false)
  }

  /// Writes the convolution of `input`, or accumulating adds it.
  ///
  /// - Precondition: accumulating, the epilogue changes nothing.
  func convolve(
    _ run: KernelRun, _ input: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    var window = geometry.input.window
    let height = geometry.rowsPerChunk
    let width = geometry.outputsPerChunk
    let (positions, chunksPerImage) = (geometry.input.positions, geometry.chunksPerImage)
    let rowBlocks = geometry.input.batch * chunksPerImage
    let groupBlocks = (geometry.groupOutputs + width - 1) / width
    let inner = geometry.weightsPerOutput
    run.forEachChunk(rowBlocks * geometry.groups * groupBlocks) { chunk, worker in
      let (image, block) = (chunk % rowBlocks / chunksPerImage, chunk % chunksPerImage)
      let row = image * positions + block * height
      let rows = min(height, positions - block * height)
      let group = chunk / rowBlocks / groupBlocks
      let part = chunk / rowBlocks % groupBlocks * width
      let channel = group * geometry.groupOutputs + part
      let count = min(width, geometry.groupOutputs - part)
      let columns = run.scratch(worker)
      let output = result + row * outputStep + channel
      cfv_image_to_columns(
        &window, input, row, row + rows, group * geometry.groupInputs,
        geometry.groupInputs, columns)
      MatrixProduct.compute(
        rows: rows, columns: count, inner: inner, .plain(columns, step: inner),
        .transposed(weights.unsafeElements + channel * inner, step: inner),
        into: output, step: outputStep, accumulating: accumulating)
      epilogue.apply(to: output, rows: rows, columns: count, step: outputStep, channel: channel)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let outputs = geometry.outputChannels
    if !epilogue.passesGradients {
      run.forEachBlock(of: geometry.rows, size: 64) { first, rows, _ in
        let offset = first * outputStep
        epilogue.pullBack(
          gradient: output + offset, values: run.outputs[0] + offset, rows: rows, columns: outputs,
          step: outputStep)
      }
    }
    pullBack(run, output, into: gradient, accumulating: run.accumulates[0])
  }

  /// Writes the pullback of the gradient `output` without that of the epilogue, or accumulating adds it.
  func pullBack(
    _ run: KernelRun, _ output: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    if !accumulating {
      gradient.update(repeating: 0, count: geometry.input.batch * geometry.input.imageCount)
    }
    // Bands of output rows may share input rows with their neighbours, but not with the next but one.
    for parity in 0..<min(2, bands) {
      let bandsNow = (bands - parity + 1) / 2
      run.forEachChunk(geometry.input.batch * bandsNow * channelBlocks) { chunk, worker in
        pullBackBand(
          run, image: chunk / channelBlocks / bandsNow,
          band: chunk / channelBlocks % bandsNow * 2 + parity, block: chunk % channelBlocks,
          output, gradient, run.scratch(worker))
      }
    }
  }

  private func pullBackBand(
    _ run: KernelRun, image: Int, band: Int, block: Int, _ output: UnsafePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ columns: UnsafeMutablePointer<Float>
  ) {
    var window = geometry.input.window
    let inner = geometry.weightsPerOutput
    let group = block / blocksPerGroup
    let part = block % blocksPerGroup * channelsPerChunk
    let count = min(channelsPerChunk, geometry.groupInputs - part)
    let groupWeights = weights.unsafeElements + group * geometry.groupOutputs * inner
    let width = geometry.input.horizontal.output
    let end = min((band + 1) * bandHeight * width, geometry.input.positions)
    var row = band * bandHeight * width
    while row < end {
      let rows = min(pullbackRows, end - row)
      let from =
        output + (image * geometry.input.positions + row) * outputStep + group
        * geometry.groupOutputs
      if count == geometry.groupInputs {
        MatrixProduct.compute(
          rows: rows, columns: inner, inner: geometry.groupOutputs,
          .plain(from, step: outputStep), .plain(groupWeights, step: inner), into: columns,
          step: inner
        )
      } else {
        for cell in 0..<geometry.input.cells {
          MatrixProduct.compute(
            rows: rows, columns: count, inner: geometry.groupOutputs,
            .plain(from, step: outputStep),
            .plain(groupWeights + cell * geometry.groupInputs + part, step: inner),
            into: columns + cell * count, step: geometry.input.cells * count)
        }
      }
      cfv_columns_to_image(
        &window, columns, row, row + rows, group * geometry.groupInputs + part, count,
        gradient + image * geometry.input.imageCount)
      row += rows
    }
  }

  // MARK: The cut of the pullback

  /// Output rows of a band: enough that a band's windows do not reach over its neighbour.
  private var bandHeight: Int {
    let axis = geometry.input.vertical
    let reach = (axis.dilation * (axis.kernel - 1)) / axis.stride + 1
    return max(reach, (axis.output + 7) / 8)
  }

  private var bands: Int { (geometry.input.vertical.output + bandHeight - 1) / bandHeight }

  /// Input channels of a chunk: where there are few bands, the channels are cut too.
  private var channelsPerChunk: Int {
    let parts = bands * geometry.groups >= 8 ? 1 : 4
    return geometry.roundedUp(
      (geometry.groupInputs + parts - 1) / parts, to: 16, atMost: geometry.groupInputs)
  }

  private var blocksPerGroup: Int {
    (geometry.groupInputs + channelsPerChunk - 1) / channelsPerChunk
  }

  private var channelBlocks: Int { blocksPerGroup * geometry.groups }

  /// Output positions whose columns are held at once.
  private var pullbackRows: Int {
    let budget = ConvolutionGeometry.columnBudget
    return min(
      geometry.input.positions, max(48, budget / (geometry.input.cells * channelsPerChunk)))
  }
}
