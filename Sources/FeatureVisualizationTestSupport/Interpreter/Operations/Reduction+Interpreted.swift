import ConvolutionalNetworks
import Foundation

extension Reduction: InterpretedOperation {
  package var presentation: Presentation { keepsAxes ? .following : .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    return [
      DoubleTensor(
        shape: shapes[0],
        elements: try groups(of: inputs[0]).map { value(of: $0.map { inputs[0].elements[$0] }) })
    ]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let x = point.inputs[0]
    var result = DoubleTensor(shape: x.shape)
    for (position, group) in try groups(of: x).enumerated() {
      let slopes = slopes(at: group.map { x.elements[$0] })
      for (offset, slope) in zip(group, slopes) {
        result.elements[offset] = gradients[0].elements[position] * slope
      }
    }
    return [result]
  }

  /// For each element of the output, the offsets of those that it is made of.
  private func groups(of x: DoubleTensor) throws(ShapeError) -> [[Int]] {
    var kept = x.shape
    for axis in axes ?? Array(x.shape.indices) {
      kept[try normalizedAxis(axis, rank: x.rank)] = 1
    }
    let output = DoubleTensor(shape: kept)
    var groups = [[Int]](repeating: [], count: output.elements.count)
    for (offset, position) in output.broadcastOffsets(to: x.shape).enumerated() {
      groups[position].append(offset)
    }
    return groups
  }

  private func value(of x: [Double]) -> Double {
    switch `operator` {
    case .sum: x.reduce(0, +)
    case .mean: x.reduce(0, +) / Double(x.count)
    case .sumOfSquares: x.reduce(0) { $0 + $1 * $1 }
    case .l1Norm: x.reduce(0) { $0 + abs($1) }
    case .l2Norm: x.reduce(0) { $0 + $1 * $1 }.squareRoot()
    case .product: x.reduce(1, *)
    case .logSum: log(x.reduce(0, +))
    case .logSumExp: log(x.reduce(0) { $0 + exp($1) })
    case .maximum: x.max() ?? -.infinity
    case .minimum: x.min() ?? .infinity
    }
  }

  private func slopes(at x: [Double]) -> [Double] {
    let y = value(of: x)
    switch `operator` {
    case .sum: return x.map { _ in 1 }
    case .mean: return x.map { _ in 1 / Double(x.count) }
    case .sumOfSquares: return x.map { 2 * $0 }
    case .l1Norm: return x.map { $0 == 0 ? 0 : $0 / abs($0) }
    case .l2Norm: return x.map { y == 0 ? 0 : $0 / y }
    case .product:
      // The factors before each one, and those behind it.
      var before = [1.0]
      var behind = [1.0]
      for (first, last) in zip(x, x.reversed()) {
        before.append(before[before.count - 1] * first)
        behind.append(behind[behind.count - 1] * last)
      }
      return x.indices.map { before[$0] * behind[x.count - 1 - $0] }
    case .logSum: return x.map { _ in 1 / exp(y) }
    case .logSumExp: return x.map { exp($0 - y) }
    case .maximum, .minimum:
      let winners = Double(x.count { $0 == y })
      return x.map { $0 == y ? 1 / winners : 0 }
    }
  }
}
