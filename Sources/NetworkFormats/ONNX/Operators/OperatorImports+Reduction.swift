import ConvolutionalNetworks

extension OperatorImports {
  static let reductions: [String: OperatorImport] = [
    "ReduceSum": reduction(.sum, axesAreAnInputSince: 13), "ReduceMean": reduction(.mean),
    "ReduceSumSquare": reduction(.sumOfSquares), "ReduceL1": reduction(.l1Norm),
    "ReduceL2": reduction(.l2Norm), "ReduceMax": reduction(.maximum),
    "ReduceMin": reduction(.minimum), "ReduceProd": reduction(.product),
    "ReduceLogSum": reduction(.logSum), "ReduceLogSumExp": reduction(.logSumExp),
  ]

  private static func reduction(
    _ operator: Reduction.Operator, axesAreAnInputSince operatorSet: Int = 18
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      var axes =
        try node.operatorSet < operatorSet ? node.ints("axes") : graph.integers(node, 1)
      // No axes are all of them, unless the node says that they are none.
      let doesNothing = try node.flag("noop_with_empty_axes")
      if axes?.isEmpty ?? true { axes = doesNothing ? [] : nil }
      let reduction = Reduction(
        `operator`, axes: axes, keepsAxes: try node.flag("keepdims", default: true))
      if try graph.isInteger(node), [.mean, .l2Norm, .logSum, .logSumExp].contains(`operator`) {
        throw .unsupported("\(reduction.kind) of integers")
      }
      try graph.emit(node, reduction, [try graph.feature(node, 0)])
    }
  }
}
