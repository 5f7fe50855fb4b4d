import ConvolutionalNetworks

extension Sparsemax: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let x = inputs[0]
    var result = x
    for line in try lines(x.shape) {
      let greatest = greatest(of: line, x)
      var sums = 0.0
      for count in 1...max(greatest.count, 1) where count <= greatest.count {
        sums += greatest[..<count].reduce(0) { $0 + x.elements[$1] }
      }
      let threshold = (sums - 1) / Double(max(greatest.count, 1))
      for index in line { result.elements[index] = max(x.elements[index] - threshold, 0) }
    }
    return [result]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (x, y) = (point.inputs[0], point.outputs[0])
    var result = DoubleTensor(shape: y.shape)
    for line in try lines(y.shape) {
      let positive = line.filter { y.elements[$0] > 0 }
      for index in positive { result.elements[index] = gradients[0].elements[index] }
      let sum = positive.reduce(0) { $0 + gradients[0].elements[$1] }
      let greatest = greatest(of: line, x)
      for (place, index) in greatest.enumerated() {
        result.elements[index] -= sum * Double(greatest.count - place) / Double(greatest.count)
      }
    }
    return [result]
  }

  /// The places of the elements that make the threshold, the greatest first.
  private func greatest(of line: [Int], _ x: DoubleTensor) -> [Int] {
    let order = line.sorted {
      x.elements[$0] != x.elements[$1] ? x.elements[$0] > x.elements[$1] : $0 < $1
    }
    let count = order.indices.filter { place in
      let sum = order[...place].reduce(0) { $0 + x.elements[$1] }
      return x.elements[order[place]] * Double(place + 1) > sum - 1
    }.count
    return Array(order.prefix(count))
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
