import ConvolutionalNetworks

extension Slice: InterpretedOperation {
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
    let evaluator = ShapeExpression.Evaluator.constants
    let starts = try evaluator.integers(starts)
    let ends = try evaluator.integers(ends)
    let numbers = try axes.map(evaluator.integers) ?? Array(starts.indices)
    let steps = try steps.map(evaluator.integers) ?? starts.map { _ in 1 }
    var axes = shape.map(SeparableSum.Axis.identity)
    for (i, number) in numbers.enumerated() {
      let axis = try normalizedAxis(number, rank: shape.count)
      axes[axis] = SeparableSum.Axis(
        input: shape[axis],
        taking: positions(from: starts[i], to: ends[i], step: steps[i], extent: shape[axis]))
    }
    return SeparableSum(axes: axes)
  }

  /// NumPy's rule: negative positions count from the end, and what lies outside is cut off.
  private func positions(from start: Int, to end: Int, step: Int, extent: Int) -> [Int] {
    // Walking back, the position before the first is −1, and the first cannot be beyond the last.
    let allowed = step > 0 ? 0...extent : -1...(extent - 1)
    func position(_ p: Int) -> Int {
      let counted = p < 0 ? p + extent : p
      return min(max(counted, allowed.lowerBound), allowed.upperBound)
    }
    return Array(stride(from: position(start), to: position(end), by: step))
  }
}
