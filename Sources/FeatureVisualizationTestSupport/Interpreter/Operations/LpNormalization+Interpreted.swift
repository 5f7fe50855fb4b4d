import ConvolutionalNetworks

extension LpNormalization: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let lengths = try lengths(inputs[0])
    return [
      DoubleTensor(
        shape: inputs[0].shape,
        elements: zip(inputs[0].elements, lengths).map { $1 == 0 ? 0 : $0 / $1 })
    ]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (x, y) = (point.inputs[0], point.outputs[0])
    let lengths = try lengths(x)
    let products = try sums(x, zip(gradients[0].elements, y.elements).map { $0 * $1 })
    var result = gradients[0]
    for (i, length) in lengths.enumerated() {
      // The magnitude of 0 has the slope 0, as everywhere.
      let slope = norm == .l2 ? y.elements[i] : x.elements[i] < 0 ? -1.0 : x.elements[i] > 0 ? 1 : 0
      result.elements[i] =
        length == 0 ? 0 : (gradients[0].elements[i] - slope * products[i]) / length
    }
    return [result]
  }

  /// The norm of the line of each element.
  private func lengths(_ x: DoubleTensor) throws(ShapeError) -> [Double] {
    switch norm {
    case .l1: try sums(x, x.elements.map(abs))
    case .l2: try sums(x, x.elements.map { $0 * $0 }).map { $0.squareRoot() }
    }
  }

  /// The sum of `terms`, one per element of x, along the line of each element.
  private func sums(_ x: DoubleTensor, _ terms: [Double]) throws(ShapeError) -> [Double] {
    let axis = try normalizedAxis(axis, rank: x.rank)
    var shape = x.shape
    shape[axis] = 1
    var sums = DoubleTensor(shape: shape)
    let lines = sums.broadcastOffsets(to: x.shape)
    for (term, line) in zip(terms, lines) { sums.elements[line] += term }
    return lines.map { sums.elements[$0] }
  }
}
