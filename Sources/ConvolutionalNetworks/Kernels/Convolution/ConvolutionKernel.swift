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
      return ProductConvolutionKernel(geometry: geometry, weights: weights, context)
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

extension Convolution {
  /// Packed weights for each way, unless BLAS reads them as they lie.
  package func heldCount(_ context: KernelContext) -> Int {
    guard groups == 1, context.arithmetic == .fast else { return weights.count }
    return context.inputsNeedGradients[0] ? 2 * weights.count : weights.count
  }
}

extension ProductConvolutionKernel {
  /// - Parameter pooledPositions: the positions of a result that passes 2×2 max pooling on its way, for a geometry that
  ///   `suitsPooling`.
  init(
    geometry: ConvolutionGeometry, weights: Tensor, _ context: KernelContext,
    pooledPositions: Int? = nil
  ) {
    let weights = ConvolutionWeights(
      weights, scale: context.epilogue.scale, window: geometry.input)
    epilogue = ProductEpilogue(context.epilogue, channels: geometry.outputChannels)
    outputStep = context.outputStep
    rows = pooledPositions ?? geometry.rows
    channels = geometry.outputChannels
    winnerCount = pooledPositions.map { $0 * cfv_padded_columns(geometry.outputChannels) / 4 } ?? 0
    gateBits =
      epilogue.passesByBits && context.inputsNeedGradients.contains(true)
      ? GateBits(positions: rows, channels: channels, offset: winnerCount) : nil
    let inputs = geometry.input.channels
    forwardProduct = geometry.forwardProduct(
      weights,
      ProductPath(
        sourceStep: inputs, targetStep: outputStep,
        pooledMap: pooledPositions == nil ? nil : .target))
    backwardProduct =
      context.inputsNeedGradients[0]
      ? geometry.backwardProduct(
        weights,
        ProductPath(
          sourceStep: outputStep, targetStep: inputs,
          pooledMap: pooledPositions == nil ? nil : .source)) : nil
  }
}

extension ConvolutionGeometry {
  /// Whether the result can pass 2×2 max pooling in both products, which tiles of 6×6 cells do.
  var suitsPooling: Bool {
    guard groups == 1, input.vertical.kernel == 3,
      input.suitsWinograd(outputs: outputChannels, .forward(input)),
      let turned = input.turnedRound(channels: outputChannels)
    else { return false }
    return turned.suitsWinograd(outputs: input.channels, .back(turned))
  }

  fileprivate func forwardProduct(_ weights: ConvolutionWeights, _ path: ProductPath)
    -> any MapProduct
  {
    if isPointwise {
      return PointwiseProduct(weights: weights.forwardPanels, path: path, rows: rows)
    }
    let tiles = WinogradTiles.forward(input)
    if input.suitsWinograd(outputs: outputChannels, tiles) {
      return WinogradProduct(
        input: input, weights: weights.forwardWindows(tiles), path: path)
    }
    return WindowProduct(input: input, weights: weights.forwardPanels, path: path)
  }

  fileprivate func backwardProduct(_ weights: ConvolutionWeights, _ path: ProductPath)
    -> any MapProduct
  {
    if isPointwise {
      return PointwiseProduct(weights: weights.backwardPanels, path: path, rows: rows)
    }
    guard let turned = input.turnedRound(channels: outputChannels) else {
      return ScatteredProduct(output: input, weights: weights.backwardPanels, path: path)
    }
    let tiles = WinogradTiles.back(turned)
    if turned.suitsWinograd(outputs: input.channels, tiles) {
      return WinogradProduct(
        input: turned, weights: weights.backwardWindows(tiles), path: path)
    }
    return WindowProduct(input: turned, weights: weights.turnedPanels, path: path)
  }
}

extension WindowGeometry {
  /// Whether Winograd's algorithm applies and costs less: each tile takes a multiplication for each of its cells, and
  /// transforming the weights of large layers at each step as much as about 5 tiles do.
  func suitsWinograd(outputs: Int, _ tiles: WinogradTiles) -> Bool {
    let axes = [vertical, horizontal]
    guard vertical.kernel == horizontal.kernel, [3, 5].contains(vertical.kernel),
      axes.allSatisfy({ $0.stride == 1 && $0.dilation == 1 }), channels >= 8
    else { return false }
    let weights =
      WinogradWeights.transformsAtEachStep(inner: channels, columns: outputs, tiles: tiles.count)
      ? 5 : 0
    return tiles.cells * (tiles.count + weights) < cells * batch * positions
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
