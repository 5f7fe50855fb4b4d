import ConvolutionalNetworks

/// Operators that rank or sum the elements along an axis, and those of triangles of matrices.
extension OperatorImports {
  static let rankings: [String: OperatorImport] = [
    "ArgMax": extremumPosition(.maximum), "ArgMin": extremumPosition(.minimum), "TopK": topK,
    "CumSum": cumulativeSum, "Hardmax": hardmax, "Trilu": triangle, "EyeLike": identityMatrix,
    "Shrink": shrink,
  ]

  private static func extremumPosition(_ extremum: ExtremumPosition.Extremum) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      let operation = ExtremumPosition(
        extremum, axis: try node.int("axis", default: 0),
        keepsAxis: try node.flag("keepdims", default: true),
        selectsLast: try node.flag("select_last_index"))
      try graph.emit(node, operation, [try graph.feature(node, 0)], isInteger: true)
    }
  }

  private static func topK(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    // Any order is right where none is asked for.
    _ = try node.flag("sorted", default: true)
    let count = try node.operatorSet < 10 ? node.int("k") : graph.integers(node, 1)?.first
    guard let count else { throw .missingInput(position: 1) }
    let operation = TopElements(
      count, axis: try node.int("axis", default: -1),
      takesLargest: try node.flag("largest", default: true))
    try graph.emit(
      node, operation, [try graph.feature(node, 0)], outputCount: node.outputs.count)
  }

  private static func cumulativeSum(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let axis = try graph.integers(node, 1)?.first else { throw .missingInput(position: 1) }
    let operation = CumulativeSum(
      axis: axis, isExclusive: try node.flag("exclusive"), isReversed: try node.flag("reverse"))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  /// 1 at the first of the largest elements along an axis, else 0.
  private static func hardmax(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let input = try graph.feature(node, 0)
    let isFlat = node.operatorSet < 13
    let axis = try node.int("axis", default: isFlat ? 1 : -1)
    // Before operator set 13 all axes from `axis` on were one.
    let value =
      isFlat ? try graph.emitHelper(node, "flattened", Flatten(axis: axis), [input]) : input
    let line = isFlat ? -1 : axis
    let largest = try graph.emitHelper(
      node, "largest", Reduction(.maximum, axes: [line]), [value])
    let isLargest = try graph.emitHelper(node, "is largest", Comparison.equal, [value, largest])
    let count = try graph.emitHelper(node, "count", CumulativeSum(axis: line), [isLargest])
    let one = try graph.emitHelper(node, "one", Constant(Tensor(shape: [], elements: [1])), [])
    let isFirst = try graph.emitHelper(node, "is first", Comparison.equal, [count, one])
    if isFlat {
      try graph.emit(node, Comparison.and, [isLargest, isFirst], inShapeOf: input)
    } else {
      try graph.emit(node, Comparison.and, [isLargest, isFirst], isInteger: false)
    }
  }

  private static func triangle(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let diagonal = try graph.integers(node, 1)?.first ?? 0
    let part: Triangle.Part = try node.flag("upper", default: true) ? .upper : .lower
    try graph.emit(node, Triangle(part, diagonal: diagonal), [try graph.feature(node, 0)])
  }

  /// A matrix of the shape of another with ones on a diagonal.
  private static func identityMatrix(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    _ = try node.int("dtype")
    let diagonal = try node.int("k", default: 0)
    let shape = try graph.shape(of: graph.value(node, 0))
    let one = try graph.emitHelper(node, "one", Constant(Tensor(shape: [], elements: [1])), [])
    let ones = try graph.emitHelper(node, "ones", Expand(to: shape.expression), [one])
    let upper = try graph.emitHelper(
      node, "upper triangle", Triangle(.upper, diagonal: diagonal), [ones])
    try graph.emit(node, Triangle(.lower, diagonal: diagonal), [upper])
  }

  /// `x + bias` below −λ, `x − bias` above λ, else 0.
  private static func shrink(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let input = try graph.feature(node, 0)
    let bias = try node.float("bias", default: 0)
    let limit = try node.float("lambd", default: 0.5)
    func number(_ role: String, _ number: Float) throws(ONNXError.Problem) -> String {
      try graph.emitHelper(node, role, Constant(Tensor(shape: [], elements: [number])), [])
    }
    let isLow = try graph.emitHelper(
      node, "is low", Comparison.less, [input, try number("−λ", -limit)])
    let isHigh = try graph.emitHelper(
      node, "is high", Comparison.greater, [input, try number("λ", limit)])
    let shift = try number("bias", bias)
    let raised = try graph.emitHelper(node, "raised", Arithmetic(.add), [input, shift])
    let lowered = try graph.emitHelper(node, "lowered", Arithmetic(.subtract), [input, shift])
    let high = try graph.emitHelper(
      node, "high", Where(), [isHigh, lowered, try number("zero", 0)])
    try graph.emit(node, Where(), [isLow, raised, high])
  }
}
