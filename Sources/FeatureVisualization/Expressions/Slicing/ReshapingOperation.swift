/// The same elements of each picture under other axes.
struct ReshapingOperation: TensorOperation {
  enum Form: Sendable {
    /// These extents, one of which may be −1: whatever is left.
    case axes([Int])
    /// All axes but the last as one: the positions.
    case positions
  }

  let form: Form

  var name: String {
    switch form {
    case .axes(let axes): "reshaping each picture to \(axes)"
    case .positions: "taking positions together"
    }
  }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    var shape = operands[0]
    let count = shape.axes.reduce(1, *)
    switch form {
    case .positions:
      guard let units = shape.axes.last else {
        throw ExpressionError("it has no axis of units, and so no positions", operands)
      }
      shape.axes = [shape.axes.dropLast().reduce(1, *), units]
    case .axes(let axes):
      let known = axes.filter { $0 != -1 }.reduce(1, *)
      let open = axes.count { $0 == -1 }
      guard axes.allSatisfy({ $0 > 0 || $0 == -1 }), open <= 1,
        open == 0 ? known == count : known > 0 && count % known == 0
      else { throw ExpressionError("each picture has \(count) elements", operands) }
      shape.axes = axes.map { $0 == -1 ? count / known : $0 }
    }
    return OperationPlan(shape: shape, kernel: nil)
  }
}
