import ConvolutionalNetworks

/// Operators that take parts of a value.
extension OperatorImports {
  static let selections: [String: OperatorImport] = [
    "Slice": slice, "Split": split, "Gather": gather,
  ]

  private static func slice(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var bounds: [ShapeNumbers?]
    if node.operatorSet < 10 {
      bounds = [try node.ints("starts"), try node.ints("ends"), try node.ints("axes"), nil]
        .map { $0.map(ShapeNumbers.integers) }
    } else {
      bounds = []
      for position in 1...4 { bounds.append(try graph.numbers(node, position)) }
    }
    guard let starts = bounds[0], let ends = bounds[1] else { throw .missingInput(position: 1) }
    let operation = Slice(
      starts: starts.expression, ends: ends.expression, axes: bounds[2]?.expression,
      steps: bounds[3]?.expression)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func split(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let axis = try node.int("axis", default: 0)
    let sizes = try node.operatorSet < 13 ? node.ints("split") : graph.integers(node, 1)
    let parts = try node.int("num_outputs") ?? node.outputs.count
    guard parts == node.outputs.count, sizes.map({ $0.count == parts }) ?? true else {
      throw .invalidAttribute("split", reason: "it does not make \(node.outputs.count) parts")
    }
    guard sizes?.allSatisfy({ (0...1 << 32).contains($0) }) ?? true else {
      throw .invalidAttribute("split", reason: "\(sizes ?? []) are no extents")
    }
    let operation =
      sizes.map { Split(axis: axis, sizes: $0) } ?? Split(axis: axis, parts: parts)
    try graph.emit(node, operation, [try graph.feature(node, 0)], outputCount: parts)
  }

  private static func gather(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let axis = try node.int("axis", default: 0)
    let feature = try graph.feature(node, 0)
    guard let positions = try graph.value(node, 1).numbers else {
      return try gather(&graph, node, .positions(axis: axis))
    }
    // One position, as `x[:, 0]` is exported.
    if try !graph.value(node, 0).isKnown, let array = positions.constant, array.shape.isEmpty,
      let position = Int(exactly: array.numbers[0]), position < Int.max
    {
      let slice = Slice(
        starts: .constant([position]), ends: .constant([position == -1 ? Int.max : position + 1]),
        axes: .constant([axis]))
      let part = try graph.emitHelper(node, "slice", slice, [feature])
      return try graph.emit(node, Squeeze(axes: [axis]), [part])
    }
    try graph.emit(node, Gather(axis: axis, positions: positions.expression), [feature])
  }
}
