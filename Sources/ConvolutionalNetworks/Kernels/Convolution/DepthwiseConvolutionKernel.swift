internal import CFVKernels

/// A convolution of each channel with a window of its own, without any matrix: the work is one
/// multiplication for each number read.
struct DepthwiseConvolutionKernel: Kernel {
  let geometry: ConvolutionGeometry
  /// Window cells by channels, so that neighbouring channels are neighbours in memory.
  private let weights: Tensor
  let epilogue: Epilogue
  /// The elements from one row of the output to the next.
  let outputStep: Int

  init(geometry: ConvolutionGeometry, weights: Tensor, epilogue: Epilogue, outputStep: Int) {
    self.geometry = geometry
    self.weights =
      weights.reshaped(to: [geometry.outputChannels, geometry.input.cells]).transposed([1, 0])
    self.epilogue = epilogue
    self.outputStep = outputStep
  }

  /// Channels of one chunk at most.
  private static let width = 256
  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    var window = geometry.input.window
    let (height, width) = (geometry.input.vertical.output, geometry.input.horizontal.output)
    let channels = geometry.outputChannels
    forEachBlock(run, height: height, width: width) { image, rows, channel, count in
      let output = run.outputs[0] + image * height * width * outputStep
      cfv_depthwise(
        &window, run.inputs[0] + image * geometry.input.imageCount, weights.unsafeElements,
        rows.lowerBound, rows.upperBound, channel, count, output, outputStep)
      epilogue.apply(
        to: output + rows.lowerBound * width * outputStep + channel, rows: rows.count * width,
        columns: count, step: outputStep, channel: channel)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    var window = geometry.input.window
    let (height, width) = (geometry.input.vertical.output, geometry.input.horizontal.output)
    let channels = geometry.outputChannels
    let outputCount = height * width * outputStep
    if !epilogue.passesGradients {
      forEachBlock(run, height: height, width: width) { image, rows, channel, count in
        let offset = image * outputCount + rows.lowerBound * width * outputStep + channel
        epilogue.pullBack(
          gradient: output + offset, values: run.outputs[0] + offset, rows: rows.count * width,
          columns: count, step: outputStep, channel: channel)
      }
    }
    forEachBlock(
      run, height: geometry.input.vertical.input, width: geometry.input.horizontal.input
    ) { image, rows, channel, count in
      cfv_pull_back_depthwise(
        &window, output + image * outputCount, outputStep, weights.unsafeElements, rows.lowerBound,
        rows.upperBound, channel, count, gradient + image * geometry.input.imageCount,
        run.accumulates[0] ? 1 : 0)
    }
  }

  /// Shares blocks of rows and channels of maps of `height` × `width`.
  private func forEachBlock(
    _ run: KernelRun, height: Int, width: Int,
    _ body: (_ image: Int, _ rows: Range<Int>, _ channel: Int, _ count: Int) -> Void
  ) {
    let channels = geometry.outputChannels
    let count = min(channels, Self.width)
    let channelBlocks = (channels + count - 1) / count
    let rows = min(height, max(1, Self.chunk / (width * count)))
    let rowBlocks = (height + rows - 1) / rows
    run.forEachChunk(geometry.input.batch * rowBlocks * channelBlocks) { chunk, _ in
      let channel = chunk % channelBlocks * count
      let first = chunk / channelBlocks % rowBlocks * rows
      body(
        chunk / channelBlocks / rowBlocks, first..<min(first + rows, height), channel,
        min(count, channels - channel))
    }
  }
}
