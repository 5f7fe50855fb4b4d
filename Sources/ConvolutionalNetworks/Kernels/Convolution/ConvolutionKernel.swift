internal import CFVKernels

extension Convolution: EpilogueFusing, SliceWriting {
  package var arrangementRule: ArrangementRule { .channelsLast }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let geometry = try ConvolutionGeometry(
      input: context.inputs[0], outputChannels: weights.shape[0], window: window, groups: groups)
    // The one place where an algorithm is chosen.
    if geometry.isDepthwise {
      return DepthwiseConvolutionKernel(
        geometry: geometry, weights: weights, epilogue: context.epilogue,
        outputStep: context.outputStep)
    }
    if groups == 1, context.arithmetic == .fast {
      return ProductConvolutionKernel(
        geometry: geometry, weights: weights, epilogue: context.epilogue,
        outputStep: context.outputStep)
    }
    if geometry.isPointwise {
      return PointwiseConvolutionKernel(
        geometry: geometry, weights: weights, epilogue: context.epilogue,
        outputStep: context.outputStep)
    }
    return MatrixConvolutionKernel(
      geometry: geometry, weights: weights, epilogue: context.epilogue,
      outputStep: context.outputStep)
  }
}

extension ProductConvolutionKernel {
  init(geometry: ConvolutionGeometry, weights: Tensor, epilogue: Epilogue, outputStep: Int) {
    let weights = ConvolutionWeights(weights, scale: epilogue.scale, window: geometry.input)
    let epilogue = ProductEpilogue(epilogue, channels: geometry.outputChannels)
    self.epilogue = epilogue
    self.outputStep = outputStep
    rows = geometry.rows
    channels = geometry.outputChannels
    let input = geometry.input
    let forward = ProductPath(
      gate: .open, sourceStep: input.channels, targetStep: outputStep)
    let backward = ProductPath(
      gate: epilogue.gate, sourceStep: outputStep, targetStep: input.channels)
    if geometry.isPointwise {
      forwardProduct = PointwiseProduct(
        weights: weights.forwardPanels, path: forward, rows: geometry.rows)
      backwardProduct = PointwiseProduct(
        weights: weights.backwardPanels, path: backward, rows: geometry.rows)
      return
    }
    forwardProduct =
      input.suitsWinograd(outputs: geometry.outputChannels)
      ? WinogradProduct(input: input, weights: weights.forwardWindows, path: forward)
      : WindowProduct(input: input, weights: weights.forwardPanels, path: forward)
    if let turned = input.turnedRound(channels: geometry.outputChannels) {
      backwardProduct =
        turned.suitsWinograd(outputs: input.channels)
        ? WinogradProduct(input: turned, weights: weights.backwardWindows, path: backward)
        : WindowProduct(input: turned, weights: weights.turnedPanels, path: backward)
    } else {
      backwardProduct = ScatteredProduct(
        output: input, weights: weights.backwardPanels, path: backward)
    }
  }
}

extension WindowGeometry {
  /// Whether Winograd's algorithm applies and costs less: each tile takes a multiplication for each of its 36 cells,
  /// and transforming the weights of large layers at each step as much as about 12 tiles do.
  func suitsWinograd(outputs: Int) -> Bool {
    let axes = [vertical, horizontal]
    guard vertical.kernel == horizontal.kernel, [3, 5].contains(vertical.kernel),
      axes.allSatisfy({ $0.stride == 1 && $0.dilation == 1 }), channels >= 8
    else { return false }
    let side = 7 - vertical.kernel
    let tiles = axes.reduce(batch) { $0 * (($1.output + side - 1) / side) }
    let weights = WinogradWeights.transformsAtEachStep(inner: channels, columns: outputs) ? 12 : 0
    return 36 * (tiles + weights) < cells * batch * positions
  }

  /// The windows of the pullback in steps of 1: those over the map of gradients, of `channels` channels, that sum up
  /// to the gradient of one input cell.
  func turnedRound(channels: Int) -> WindowGeometry? {
    let placements = [vertical, horizontal].map { axis -> SlidingWindow.Placement? in
      let before = axis.dilation * (axis.kernel - 1) - axis.paddingBefore
      guard axis.stride == 1, before >= 0 else { return nil }
      return SlidingWindow.Placement(
        input: axis.output, output: axis.input, kernel: axis.kernel, stride: 1,
        dilation: axis.dilation, paddingBefore: before,
        paddingAfter: axis.dilation * (axis.kernel - 1) - axis.paddingAfter)
    }.compactMap { $0 }
    guard placements.count == 2 else { return nil }
    return try? WindowGeometry(batch: batch, channels: channels, placements: placements)
  }
}
