import ConvolutionalNetworks

extension TransposedConvolution: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let input = ChannelPlanes(inputs[0], layout)
    var output = try planesOfOutput(inputs[0], layout)
    if let bias = bias.map({ DoubleTensor($0).elements }) {
      for i in output.elements.indices {
        output.elements[i] = bias[i / output.planeCount % output.channels]
      }
    }
    forEachTerm(input, output) { from, to, weight in
      output.elements[to] += input.elements[from] * weight
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let output = ChannelPlanes(gradients[0], point.layout)
    var input = ChannelPlanes(like: ChannelPlanes(point.inputs[0], point.layout))
    forEachTerm(input, output) { from, to, weight in
      input.elements[from] += output.elements[to] * weight
    }
    return [input.tensor(point.layout)]
  }

  private func planesOfOutput(_ input: DoubleTensor, _ layout: TensorLayout) throws(ShapeError)
    -> ChannelPlanes
  {
    let shape = try outputShapes(for: [input.shape], layout: layout)[0]
    return ChannelPlanes(
      batch: shape[0], channels: shape[layout.channelAxis(rank: shape.count)],
      spatial: Array(shape[layout.spatialAxes(rank: shape.count)]))
  }

  /// Calls `body` with the offsets of input and output, and the weight, for each term of each output.
  private func forEachTerm(
    _ input: ChannelPlanes, _ output: ChannelPlanes,
    _ body: (_ input: Int, _ output: Int, _ weight: Double) -> Void
  ) {
    let weights = DoubleTensor(weights).elements
    let groupInputs = input.channels / groups
    let groupOutputs = output.channels / groups
    let kernelCount = window.kernel.reduce(1, *)
    for image in 0..<input.batch {
      for channel in 0..<input.channels {
        for cell in 0..<input.planeCount {
          let from = (image * input.channels + channel) * input.planeCount + cell
          for k in 0..<kernelCount {
            guard let position = target(of: cell, k, input.spatial, output.spatial) else {
              continue
            }
            for o in 0..<groupOutputs {
              let plane = image * output.channels + channel / groupInputs * groupOutputs + o
              body(
                from, plane * output.planeCount + position,
                weights[(channel * kernelCount + k) * groupOutputs + o])
            }
          }
        }
      }
    }
  }

  /// The cell of the output's plane that cell `k` of the window at `cell` falls on, if any.
  private func target(of cell: Int, _ k: Int, _ spatial: [Int], _ result: [Int]) -> Int? {
    var (cell, k) = (cell, k)
    var position = 0
    var step = 1
    for axis in spatial.indices.reversed() {
      let place =
        cell % spatial[axis] * window.stride[axis] + k % window.kernel[axis] * window.dilation[axis]
        - cutBefore(axis, input: spatial[axis], output: result[axis])
      guard (0..<result[axis]).contains(place) else { return nil }
      position += place * step
      step *= result[axis]
      cell /= spatial[axis]
      k /= window.kernel[axis]
    }
    return position
  }

  /// The cells cut off at the beginning.
  private func cutBefore(_ axis: Int, input: Int, output: Int) -> Int {
    let reach = (window.kernel[axis] - 1) * window.dilation[axis] + 1
    let surplus = (input - 1) * window.stride[axis] + reach + outputPadding[axis] - output
    switch window.padding {
    case .explicit(let before, _) where outputExtents == nil: return before[axis]
    case .sameUpper: return max(surplus, 0) / 2
    case .sameLower, .explicit: return (max(surplus, 0) + 1) / 2
    }
  }
}
