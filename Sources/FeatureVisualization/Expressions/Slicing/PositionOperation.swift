/// Positions of a feature map, `[N, positions, C]` of `[N, H, W, C]` or `[N, L, C]`.
struct PositionOperation: TensorOperation {
  let positions: [MapPosition]

  var name: String {
    "selection of positions \(positions.map { "(\($0))" }.joined(separator: ", "))"
  }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let shape = operands[0]
    guard let pictures = shape.pictures, shape.axes.count == 2 || shape.axes.count == 3,
      let units = shape.axes.last
    else { throw ExpressionError("it is no feature map of shape [N, H, W, C]", operands) }
    let width = shape.axes.count == 3 ? shape.axes[1] : 1
    var indices: [Int] = []
    for position in positions {
      guard let cell = position.cell(in: shape.extents) else {
        throw ExpressionError("it has \(shape.axes[0])×\(width) positions", operands)
      }
      indices.append(cell.row * width + cell.column)
    }
    let flat = ExpressionShape(pictures: pictures, axes: [shape.axes[0] * width, units])
    return OperationPlan(
      shape: ExpressionShape(pictures: pictures, axes: [indices.count, units]),
      kernel: SelectionKernel(lines: AxisLines(flat, along: 1), indices: indices))
  }
}
