import ConvolutionalNetworks

extension Gather: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    return [try selection(from: inputs[0].shape).apply(to: inputs[0]).reshaped(to: shapes[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let selection = try selection(from: point.inputs[0].shape)
    return [selection.pullBack(gradients[0].reshaped(to: selection.axes.map(\.cells.count)))]
  }

  private func selection(from shape: [Int]) throws(ShapeError) -> SeparableSum {
    let axis = try normalizedAxis(axis, rank: shape.count)
    let extent = shape[axis]
    let positions = try ShapeExpression.Evaluator.constants.integers(positions)
    var axes = shape.map(SeparableSum.Axis.identity)
    axes[axis] = SeparableSum.Axis(
      input: extent, taking: positions.map { ($0 + extent) % extent })
    return SeparableSum(axes: axes)
  }
}
