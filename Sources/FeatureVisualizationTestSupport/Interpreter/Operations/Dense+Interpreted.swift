import ConvolutionalNetworks

extension Dense: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package var stages: [any InterpretedOperation] {
    activation == .linear
      ? [self] : [Dense(weights: weights, bias: bias), Activation(activation)]
  }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let (units, width) = (weights.shape[0], weights.shape[1])
    let biases = bias.map { DoubleTensor($0).elements } ?? Array(repeating: 0, count: units)
    let weights = DoubleTensor(weights).elements
    let input = inputs[0]
    var output = DoubleTensor(shape: input.shape.dropLast() + [units])
    for row in 0..<input.shape.dropLast().reduce(1, *) {
      for unit in 0..<units {
        var sum = biases[unit]
        for i in 0..<width { sum += input.elements[row * width + i] * weights[unit * width + i] }
        output.elements[row * units + unit] = sum
      }
    }
    return [output]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let (units, width) = (weights.shape[0], weights.shape[1])
    let weights = DoubleTensor(weights).elements
    let gradient = gradients[0]
    var result = DoubleTensor(shape: point.inputs[0].shape)
    for row in 0..<gradient.shape.dropLast().reduce(1, *) {
      for unit in 0..<units {
        let factor = gradient.elements[row * units + unit]
        for i in 0..<width {
          result.elements[row * width + i] += factor * weights[unit * width + i]
        }
      }
    }
    return [result]
  }
}
