import ConvolutionalNetworks

extension CumulativeSum: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = DoubleTensor(shape: inputs[0].shape)
    try forEachTerm(of: inputs[0]) { result.elements[$0] += inputs[0].elements[$1] }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = DoubleTensor(shape: point.inputs[0].shape)
    try forEachTerm(of: gradients[0]) { result.elements[$1] += gradients[0].elements[$0] }
    return [result]
  }

  /// Visits each sum with each of its terms.
  private func forEachTerm(of x: DoubleTensor, _ body: (_ sum: Int, _ term: Int) -> Void)
    throws(ShapeError)
  {
    for line in try x.lines(along: axis) {
      for (i, sum) in line.enumerated() {
        for (j, term) in line.enumerated() {
          let isBefore = isReversed ? j > i : j < i
          if isBefore || (j == i && !isExclusive) { body(sum, term) }
        }
      }
    }
  }
}
