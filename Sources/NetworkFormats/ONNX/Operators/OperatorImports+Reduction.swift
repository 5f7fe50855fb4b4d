import ConvolutionalNetworks

extension OperatorImports {
  static let reductions: [String: OperatorImport] = [
    "ReduceSum": reduction(.sum, axesAreAnInputSince: 13), "ReduceMean": reduction(.mean),
    "ReduceSumSquare": reduction(.sumOfSquares), "ReduceL1": reduction(.l1Norm),
    "ReduceL2": reduction(.l2Norm), "ReduceMax": reduction(.maximum),
    "ReduceMin": reduction(.minimum), "ReduceProd": productOfAll,
  ]

  private static func reduction(
    _ operator: Reduction.Operator, axesAreAnInputSince operatorSet: Int = 18
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      var axes =
        try node.operatorSet < operatorSet ? node.ints("axes") : graph.integers(node, 1)
      // No axes are all of them, unless the node says that they are none.
      if axes?.isEmpty ?? true { axes = try node.flag("noop_with_empty_axes") ? [] : nil }
      let reduction = Reduction(
        `operator`, axes: axes, keepsAxes: try node.flag("keepdims", default: true))
      if try graph.isInteger(node), [.mean, .l2Norm].contains(`operator`) {
        throw .unsupported("\(reduction.kind) of integers")
      }
      try graph.emit(node, reduction, [try graph.feature(node, 0)])
    }
  }

  /// The product of the extents in a shape.
  private static func productOfAll(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let numbers = try graph.feature(node, 0)
    let axes = try node.operatorSet < 18 ? node.ints("axes") : graph.integers(node, 1)
    // The operand is a vector of extents: its only axis may be named or not.
    guard try graph.value(node, 0).constantShape?.count ?? 1 == 1,
      [nil, [], [0], [-1]].contains(axes)
    else { throw .unsupportedAttribute("axes", value: "\(axes ?? [])") }
    if try node.flag("noop_with_empty_axes"), axes?.isEmpty ?? true {
      return try graph.emit(node, Identity(), [numbers])
    }
    guard try node.flag("keepdims", default: true) else {
      return try graph.emit(node, NumberFunction.product, [numbers])
    }
    let product = try graph.emitHelper(node, "product", NumberFunction.product, [numbers])
    try graph.emit(node, Unsqueeze(axes: [0]), [product])
  }
}
