import ConvolutionalNetworks

extension LayerNormalization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = try groups(inputs[0]).values
    let factors = broadcast(scale, otherwise: 1, to: result.shape)
    let offsets = broadcast(shift, otherwise: 0, to: result.shape)
    for i in factors.indices { result.elements[i] = result.elements[i] * factors[i] + offsets[i] }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var gradient = gradients[0]
    let factors = broadcast(scale, otherwise: 1, to: gradient.shape)
    for i in factors.indices { gradient.elements[i] *= factors[i] }
    return [try groups(point.inputs[0]).pullBack(gradient)]
  }

  private func groups(_ input: DoubleTensor) throws(ShapeError) -> StandardizedGroups {
    StandardizedGroups(of: input, axes: try normalizedAxes(rank: input.rank), epsilon: epsilon)
  }
}

extension RMSNormalization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = try groups(inputs[0]).values
    let factors = broadcast(scale, otherwise: 1, to: result.shape)
    for i in factors.indices { result.elements[i] *= factors[i] }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var gradient = gradients[0]
    let factors = broadcast(scale, otherwise: 1, to: gradient.shape)
    for i in factors.indices { gradient.elements[i] *= factors[i] }
    return [try groups(point.inputs[0]).pullBack(gradient)]
  }

  private func groups(_ input: DoubleTensor) throws(ShapeError) -> StandardizedGroups {
    StandardizedGroups(
      of: input, axes: try normalizedAxes(rank: input.rank), epsilon: epsilon, subtractsMean: false)
  }
}

extension AxisNormalization {
  /// A parameter's number for each element of a value.
  fileprivate func broadcast(_ parameter: Tensor?, otherwise number: Double, to shape: [Int])
    -> [Double]
  {
    let parameter = parameter.map { DoubleTensor($0) } ?? DoubleTensor(shape: [], repeating: number)
    return parameter.broadcastOffsets(to: shape).map { parameter.elements[$0] }
  }
}
