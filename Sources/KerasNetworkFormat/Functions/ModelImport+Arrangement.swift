internal import ConvolutionalNetworks
internal import NetworkFormats

/// Functions that only move numbers, and products of matrices.
extension ModelImport {
  /// What a function makes of its operands that moves them; `nil` for any other.
  func arrangement(_ call: FunctionCall) throws(KerasError.Problem) -> Formula? {
    switch call.name {
    case "get_item": return try item(call)
    case "reshape":
      guard let shape = call.integers("newshape", "shape", place: 1),
        shape.allSatisfy({ (-1...1 << 24).contains($0) })
      else { throw .unsupported("a shape that is computed") }
      return Formula(try call.subject).reshaped(to: shape)
    case "transpose", "permute":
      let rank = try rank(of: call.subject)
      let axes = call.integers("axes", "perm", place: 1)
      return Formula(try call.subject).transposed(axes ?? Array((0..<rank).reversed()))
    case "swapaxes", "moveaxis": return try exchangingAxes(call)
    case "expand_dims":
      guard let axes = call.integers("axis", place: 1) else { return nil }
      return Formula(try call.subject).inserting(axes: axes)
    case "squeeze":
      return Formula(Squeeze(axes: call.integers("axis", place: 1)), Formula(try call.subject))
    case "concatenate":
      let axis = call.integers("axis", place: 1)?.first ?? (call.setting("axis") == nil ? -1 : 0)
      return Formula(Concatenation(axis: axis), of: try operands(call))
    case "stack":
      let axis = call.integers("axis", place: 1)?.first ?? 0
      let parts = try operands(call).map { $0.inserting(axes: [axis]) }
      return Formula(Concatenation(axis: axis), of: parts)
    case "flip":
      let subject = try call.subject
      let rank = try rank(of: subject)
      let axes = try positions(
        ofAxes: call.integers("axis", place: 1) ?? Array(0..<rank), of: subject)
      return axes.reduce(Formula(subject)) {
        $0.flipped(axis: $1)
      }
    case "roll": return try rolled(call)
    case "tile":
      let counts = call.integers("repeats", "multiples", place: 1) ?? []
      return Formula(Tile(repeats: .constant(counts)), Formula(try call.subject))
    case "broadcast_to":
      guard let shape = call.integers("shape", place: 1) else { return nil }
      return Formula(Expand(to: .constant(shape)), Formula(try call.subject))
    case "repeat":
      let subject = try call.subject
      guard let count = call.integers("repeats", place: 1)?.first, count > 0,
        let given = call.integers("axis", place: 2)?.first
      else { throw .unsupported("such a repetition") }
      let axis = try position(ofAxis: given, of: subject)
      let extent = try extent(axis, of: subject)
      try take([extent, count])
      let positions = (0..<extent).flatMap { Array(repeating: $0, count: count) }
      return Formula(Gather(axis: axis, positions: .constant(positions)), Formula(subject))
    case "matmul":
      guard call.setting("transpose_a")?.bool != true, call.setting("transpose_b")?.bool != true
      else { throw .unsupported("a product of transposed matrices") }
      return Formula(
        MatrixMultiplication(), try call.operand("x1", "a", place: 0),
        try call.operand("x2", "b", place: 1))
    case "einsum": return try einsum(call)
    default: return nil
    }
  }

  /// The values that a function cuts its own into; `nil` for any other.
  func parts(_ call: FunctionCall) throws(KerasError.Problem) -> [Formula]? {
    guard ["split", "unstack"].contains(call.name) else { return nil }
    let subject = try call.subject
    let isSplit = call.name == "split"
    let axis = try position(
      ofAxis: call.integers("axis", place: isSplit ? 2 : 1)?.first ?? 0, of: subject)
    let extent = try extent(axis, of: subject)
    guard isSplit else {
      guard extent <= 4_096 else { throw .unsupported("that many parts") }
      return (0..<extent).map { position in
        Formula(
          Squeeze(axes: [axis]), Formula(subject).slice(position..<(position + 1), axis: axis))
      }
    }
    var ends: [Int]
    // TensorFlow tells the sizes of parts, NumPy and Keras where they end.
    let given = call.setting("indices_or_sections", "num_or_size_splits", place: 1)
    if let count = given?.int, (1...4_096).contains(count), extent % count == 0 {
      ends = (1...count).map { $0 * extent / count }
    } else if let numbers = given?.array?.compactMap(\.int), numbers.count <= 4_096 {
      if call.setting("num_or_size_splits") != nil {
        ends = []
        for size in numbers { ends.append((ends.last ?? 0) &+ size) }
      } else {
        ends = numbers + [extent]
      }
    } else {
      throw .unsupported("a split into such parts")
    }
    var start = 0
    var parts: [Formula] = []
    for end in ends {
      guard (start...extent).contains(end) else { throw .unsupported("a split beyond the axis") }
      parts.append(Formula(subject).slice(start..<end, axis: axis))
      start = end
    }
    return parts
  }

  private func operands(_ call: FunctionCall) throws(KerasError.Problem) -> [Formula] {
    guard case .list(let elements)? = call.argument("xs", "values", "x", place: 0) else {
      return call.values.map { Formula($0) }
    }
    var operands: [Formula] = []
    for element in elements {
      switch element {
      case .value(let value): operands.append(Formula(value))
      case .setting(let json): operands.append(Formula(try Tensor(keras: json)))
      case .list: throw .unsupported("lists in lists as arguments of \(call.givenName)")
      }
    }
    return operands
  }

  private func exchangingAxes(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    let subject = try call.subject
    var order = Array(0..<(try rank(of: subject)))
    let isSwap = call.name == "swapaxes"
    guard let first = call.integers(isSwap ? "axis1" : "source", place: 1),
      let second = call.integers(isSwap ? "axis2" : "destination", place: 2), first.count == 1,
      second.count == 1
    else { throw .unsupported("\(call.givenName) of several axes") }
    let from = try position(ofAxis: first[0], of: subject)
    let to = try position(ofAxis: second[0], of: subject)
    if isSwap {
      order.swapAt(from, to)
    } else {
      order.insert(order.remove(at: from), at: to)
    }
    return Formula(subject).transposed(order)
  }

  private func rolled(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    let subject = try call.subject
    guard let shifts = call.integers("shift", place: 1), let axes = call.integers("axis", place: 2),
      shifts.count == axes.count
    else { throw .unsupported("such a roll") }
    var value = Formula(subject)
    for (shift, given) in zip(shifts, axes) {
      let axis = try position(ofAxis: given, of: subject)
      let extent = try extent(axis, of: subject)
      let start = ((-shift % extent) + extent) % extent
      guard start > 0 else { continue }
      value = Formula(
        Concatenation(axis: axis), value.slice(start..<extent, axis: axis),
        value.slice(0..<start, axis: axis))
    }
    return value
  }
}

extension Formula {
  /// The last position along an axis first.
  func flipped(axis: Int) -> Formula { stepped(from: -1, to: -(1 << 30), by: -1, axis: axis) }

  /// Every `step`-th position along an axis.
  func stepped(from start: Int, to end: Int, by step: Int, axis: Int) -> Formula {
    Formula(
      Slice(
        starts: .constant([start]), ends: .constant([end]), axes: .constant([axis]),
        steps: .constant([step])), self)
  }
}
