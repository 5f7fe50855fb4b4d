import ConvolutionalNetworks

extension Pad: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try selection(from: inputs[0].shape).apply(to: inputs[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try selection(from: point.inputs[0].shape).pullBack(gradients[0])]
  }

  private func selection(from shape: [Int]) throws(ShapeError) -> SeparableSum {
    let amounts = try ShapeExpression.Evaluator.constants.integers(amounts)
    let numbers = axes ?? Array(shape.indices)
    var axes = shape.map(SeparableSum.Axis.identity)
    for (i, number) in numbers.enumerated() {
      let axis = try normalizedAxis(number, rank: shape.count)
      let (before, after) = (amounts[i], amounts[i + numbers.count])
      let cells = (-before)..<max(-before, shape[axis] + after)
      axes[axis] = SeparableSum.Axis(
        input: shape[axis], taking: cells.map { source(of: $0, extent: shape[axis]) })
    }
    guard case .constant(let number) = mode else { return SeparableSum(axes: axes) }
    return SeparableSum(axes: axes, fill: Double(number))
  }

  /// The cell that a cell at `position`, inside or outside `0 ..< extent`, is a copy of.
  private func source(of position: Int, extent: Int) -> Int? {
    guard !(0..<extent).contains(position) else { return position }
    switch mode {
    case .constant: return nil
    case .edge: return position < 0 ? 0 : extent - 1
    case .reflect: return position < 0 ? -position : 2 * (extent - 1) - position
    case .wrap: return position < 0 ? position + extent : position - extent
    }
  }
}
