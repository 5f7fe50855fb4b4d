import ConvolutionalNetworks

extension Sparsemax: InterpretedOperation {
  package var presentation: Presentation { .following }

  /// τ by bisection: the sum of `max(x − τ, 0)` falls as τ rises.
  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let x = inputs[0]
    var result = x
    for line in try lines(x.shape) {
      let values = line.map { x.elements[$0] }
      var (low, high) = ((values.max() ?? 0) - 1, values.max() ?? 0)
      for _ in 0..<100 {
        let middle = (low + high) / 2
        let sum = values.reduce(0) { $0 + max($1 - middle, 0) }
        if sum > 1 { low = middle } else { high = middle }
      }
      for index in line { result.elements[index] = max(x.elements[index] - high, 0) }
    }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let y = point.outputs[0]
    var result = DoubleTensor(shape: y.shape)
    for line in try lines(y.shape) {
      let kept = line.filter { y.elements[$0] > 0 }
      let mean = kept.reduce(0) { $0 + gradients[0].elements[$1] } / Double(max(kept.count, 1))
      for index in kept { result.elements[index] = gradients[0].elements[index] - mean }
    }
    return [result]
  }

  /// The places of the elements of each line.
  private func lines(_ shape: [Int]) throws(ShapeError) -> [[Int]] {
    let axis = try normalizedAxis(axis, rank: shape.count)
    let extent = shape[axis]
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    var lines: [[Int]] = []
    for block in 0..<outer {
      for line in 0..<inner {
        let first = block * extent * inner + line
        lines.append((0..<extent).map { first + $0 * inner })
      }
    }
    return lines
  }
}
