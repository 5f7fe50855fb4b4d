import ConvolutionalNetworks

extension Tile: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try repetition(of: inputs[0].shape).apply(to: inputs[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try repetition(of: point.inputs[0].shape).pullBack(gradients[0])]
  }

  private func repetition(of shape: [Int]) throws(ShapeError) -> SeparableSum {
    let repeats = try ShapeExpression.Evaluator.constants.integers(repeats)
    return SeparableSum(
      axes: zip(shape, repeats).map { extent, count in
        SeparableSum.Axis(input: extent, taking: (0..<(extent * count)).map { $0 % extent })
      })
  }
}

extension Expand: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    let offsets = inputs[0].broadcastOffsets(to: shapes[0])
    return [DoubleTensor(shape: shapes[0], elements: offsets.map { inputs[0].elements[$0] })]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    var result = DoubleTensor(shape: point.inputs[0].shape)
    for (i, offset) in result.broadcastOffsets(to: gradients[0].shape).enumerated() {
      result.elements[offset] += gradients[0].elements[i]
    }
    return [result]
  }
}
