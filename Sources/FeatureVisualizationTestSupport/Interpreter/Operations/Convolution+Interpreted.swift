import ConvolutionalNetworks

extension Convolution: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package var stages: [any InterpretedOperation] {
    guard activation != .linear else { return [self] }
    let linear = Convolution(
      weights: weights, bias: bias, stride: window.stride, dilation: window.dilation,
      padding: window.padding, groups: groups)
    return [linear, Activation(activation)]
  }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let input = ChannelPlanes(inputs[0], layout)
    let loops = ConvolutionLoops(self, spatial: input.spatial)
    let biases = bias.map { DoubleTensor($0).elements }
    var output = ChannelPlanes(
      batch: input.batch, channels: loops.outputs, spatial: loops.outputSpatial)
    let planeCount = (input: input.planeCount, output: output.planeCount)
    input.elements.withUnsafeBufferPointer { inputs in
      output.forEachPlane { plane, sums in
        let (image, to) = plane.quotientAndRemainder(dividingBy: loops.outputs)
        if let biases { sums.update(repeating: biases[to], count: planeCount.output) }
        for from in loops.inputChannels(of: to) {
          guard let source = inputs.baseAddress else { return }
          let map = source + (image * input.channels + from) * planeCount.input
          loops.forEachRow(from, to) { row in
            accumulate(
              row.count, row.weight, map + row.input, row.inputStep, sums + row.output, 1)
          }
        }
      }
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let gradient = ChannelPlanes(gradients[0], point.layout)
    var result = ChannelPlanes(
      like: ChannelPlanes(point.inputs[0], point.layout))
    let loops = ConvolutionLoops(self, spatial: result.spatial)
    let channels = result.channels
    gradient.elements.withUnsafeBufferPointer { gradients in
      result.forEachPlane { plane, sums in
        let (image, from) = plane.quotientAndRemainder(dividingBy: channels)
        for to in loops.outputChannels(of: from) {
          guard let source = gradients.baseAddress else { return }
          let map = source + (image * loops.outputs + to) * gradient.planeCount
          loops.forEachRow(from, to) { row in
            accumulate(
              row.count, row.weight, map + row.output, 1, sums + row.input, row.inputStep)
          }
        }
      }
    }
    return [result.tensor(point.layout)]
  }
}

/// `target[i · targetStep] += weight · source[i · sourceStep]` for `i` below `count`.
private func accumulate(
  _ count: Int, _ weight: Double, _ source: UnsafePointer<Double>, _ sourceStep: Int,
  _ target: UnsafeMutablePointer<Double>, _ targetStep: Int
) {
  if sourceStep == 1, targetStep == 1 {
    // Contiguous: the loop that takes the time, which the compiler vectorises.
    for i in 0..<count { target[i] += weight * source[i] }
  } else {
    for i in 0..<count { target[i * targetStep] += weight * source[i * sourceStep] }
  }
}
