import ConvolutionalNetworks

/// Operators that address elements by indices, which the network may compute.
extension OperatorImports {
  static let indexings: [String: OperatorImport] = [
    "GatherElements": gatherElements, "GatherND": gatherND, "Scatter": scatterElements,
    "ScatterElements": scatterElements, "ScatterND": scatterND, "Compress": compress,
    "NonZero": nonZero, "OneHot": oneHot,
  ]

  private static func gatherElements(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try gather(&graph, node, .elements(axis: try node.int("axis", default: 0)))
  }

  private static func gatherND(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try gather(&graph, node, .coordinates(batchAxes: try node.int("batch_dims", default: 0)))
  }

  static func gather(
    _ graph: inout GraphImport, _ node: ONNXNode, _ addressing: IndexAddressing
  ) throws(ONNXError.Problem) {
    let operands = [try graph.feature(node, 0), try graph.feature(node, 1)]
    try graph.emit(node, IndexedGather(addressing), operands)
  }

  private static func scatterElements(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try scatter(&graph, node, .elements(axis: try node.int("axis", default: 0)))
  }

  private static func scatterND(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try scatter(&graph, node, .coordinates(batchAxes: 0))
  }

  private static func scatter(
    _ graph: inout GraphImport, _ node: ONNXNode, _ addressing: IndexAddressing
  ) throws(ONNXError.Problem) {
    let combination: IndexedScatter.Combination = try node.choice(
      "reduction", default: "none",
      of: ["none": .replacement, "add": .sum, "mul": .product, "max": .maximum, "min": .minimum])
    var operands: [String] = []
    for position in 0..<3 { operands.append(try graph.feature(node, position)) }
    try graph.emit(node, IndexedScatter(addressing, combination), operands)
  }

  /// The parts of a value where a known condition holds.
  private static func compress(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let condition = try graph.integers(node, 1) else { throw .missingInput(position: 1) }
    let positions = condition.indices.filter { condition[$0] != 0 }
    var feature = try graph.feature(node, 0)
    let axis = try node.int("axis")
    if axis == nil {
      feature = try graph.emitHelper(node, "flattened", Reshape(to: [-1]), [feature])
    }
    try graph.emit(node, Gather(axis: axis ?? 0, positions: .constant(positions)), [feature])
  }

  private static func nonZero(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try graph.emit(
      node, NonZeroPositions(), of: [try graph.value(node, 0)], isInteger: true)
  }

  /// One of two values, by whether a position along a new axis is the index.
  private static func oneHot(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let depth = try graph.integers(node, 1)?.first, (0...1 << 24).contains(depth) else {
      throw .missingInput(position: 1)
    }
    let input = try graph.feature(node, 0)
    var axis = try node.int("axis", default: -1)
    if axis >= 0 {
      guard let rank = graph.assumedShape(of: input)?.count, axis <= rank else {
        throw .unsupportedAttribute("axis", value: "\(axis)")
      }
      axis -= rank + 1
    }
    guard (-32...(-1)).contains(axis) else {
      throw .unsupportedAttribute("axis", value: "\(axis)")
    }
    try graph.take(2 * depth)
    let shape = [depth] + Array(repeating: 1, count: -axis - 1)
    // An index below 0 counts from the end.
    let isHot = try [0, depth].map { offset throws(ONNXError.Problem) in
      let positions = Constant(
        Tensor(shape: shape, elements: (0..<depth).map { Float($0 - offset) }))
      return try graph.emitHelper(
        node, "is index", Comparison.equal,
        [
          try graph.emitHelper(node, "indices", Unsqueeze(axes: [axis]), [input]),
          try graph.emitHelper(node, "positions", positions, []),
        ])
    }
    let values = try graph.feature(node, 2)
    let chosen = try [1, 0].map { position throws(ONNXError.Problem) in
      try graph.emitHelper(
        node, "value",
        Slice(starts: .constant([position]), ends: .constant([position + 1])), [values])
    }
    let condition = try graph.emitHelper(node, "is hot", Comparison.or, isHot)
    try graph.emit(
      node, Where(), [condition] + chosen, isInteger: try graph.value(node, 2).isInteger)
  }
}
