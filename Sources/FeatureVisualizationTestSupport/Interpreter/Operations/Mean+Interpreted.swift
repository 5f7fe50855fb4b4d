import ConvolutionalNetworks

extension Mean: InterpretedOperation {
  package var presentation: Presentation { keepsAxes ? .following : .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    return [try means(over: inputs[0].shape).apply(to: inputs[0]).reshaped(to: shapes[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = point.inputs[0].shape
    let means = try means(over: shape)
    return [means.pullBack(gradients[0].reshaped(to: means.axes.map(\.cells.count)))]
  }

  private func means(over shape: [Int]) throws(ShapeError) -> SeparableSum {
    var axes = shape.map(SeparableSum.Axis.identity)
    for axis in self.axes ?? Array(shape.indices) {
      let axis = try normalizedAxis(axis, rank: shape.count)
      let weight = 1 / Double(shape[axis])
      axes[axis] = SeparableSum.Axis(
        input: shape[axis],
        cells: [(0..<shape[axis]).map { SeparableSum.Term(position: $0, weight: weight) }])
    }
    return SeparableSum(axes: axes)
  }
}
