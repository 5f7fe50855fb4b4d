internal import CFVKernels

/// A convolution of each channel with a window of its own, without any matrix: the work is one
/// multiplication for each number read.
///
/// What follows it happens in registers where it is batch normalization and clipping, such as ReLU6.
struct DepthwiseConvolutionKernel: Kernel {
  let geometry: ConvolutionGeometry
  /// The elements from one row of the output to the next.
  let outputStep: Int
  /// Window cells by channels, so that neighbouring channels are neighbours in memory; times the scale of what
  /// follows.
  private let weights: Tensor
  private let shift: Tensor?
  private let range: ClosedRange<Float>
  /// What is left to do after clipping.
  private let epilogue: Epilogue
  private let isActivated: Bool

  init(geometry: ConvolutionGeometry, weights: Tensor, epilogue: Epilogue, outputStep: Int) {
    self.geometry = geometry
    self.outputStep = outputStep
    isActivated = epilogue.isActivated
    let cells = weights.reshaped(to: [geometry.outputChannels, geometry.input.cells])
      .transposed([1, 0])
    guard let range = epilogue.clippedRange else {
      self.weights = cells
      shift = nil
      self.range = -.infinity...(.infinity)
      self.epilogue = epilogue
      return
    }
    self.weights = epilogue.scale.map { scale in cells.scalingColumns(by: scale) } ?? cells
    shift = epilogue.shift
    self.range = range
    self.epilogue = .none
  }

  var pullbackReads: PullbackReads { isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    var window = geometry.input.window
    var clipping = clipping
    let width = geometry.input.horizontal.output
    geometry.input.forEachOutputBlock(run) { image, rows, channel, count in
      let output = run.outputs[0] + image * geometry.input.positions * outputStep
      cfv_depthwise(
        &window, run.inputs[0] + image * geometry.input.imageCount, weights.unsafeElements,
        &clipping, rows.lowerBound, rows.upperBound, channel, count, output, outputStep)
      epilogue.apply(
        to: output + rows.lowerBound * width * outputStep + channel, rows: rows.count * width,
        columns: count, step: outputStep, channel: channel)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    var window = geometry.input.window
    var clipping = clipping
    let width = geometry.input.horizontal.output
    let outputCount = geometry.input.positions * outputStep
    if !epilogue.passesGradients {
      geometry.input.forEachOutputBlock(run) { image, rows, channel, count in
        let offset = image * outputCount + rows.lowerBound * width * outputStep + channel
        epilogue.pullBack(
          gradient: output + offset, values: run.outputs[0] + offset, rows: rows.count * width,
          columns: count, step: outputStep, channel: channel)
      }
    }
    geometry.input.forEachInputBlock(run) { image, rows, channel, count in
      cfv_pull_back_depthwise(
        &window, output + image * outputCount, run.outputs[0] + image * outputCount, outputStep,
        weights.unsafeElements, &clipping, rows.lowerBound, rows.upperBound, channel, count,
        gradient + image * geometry.input.imageCount, run.accumulates[0] ? 1 : 0)
    }
  }

  private var clipping: cfv_clipping {
    cfv_clipping(
      shift: shift.map { UnsafePointer($0.unsafeElements) }, low: range.lowerBound,
      high: range.upperBound)
  }
}

extension Tensor {
  /// This matrix with a factor for each column.
  fileprivate func scalingColumns(by factors: Tensor) -> Tensor {
    let (values, factors) = (elements, factors.elements)
    return Tensor(
      shape: shape, elements: values.indices.map { values[$0] * factors[$0 % factors.count] })
  }
}
