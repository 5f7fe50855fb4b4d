import ConvolutionalNetworks

/// Operators of conditions, which are 1 or 0, and of choices by them.
extension OperatorImports {
  static let conditions: [String: OperatorImport] = [
    "Equal": comparison(.equal), "Less": comparison(.less),
    "LessOrEqual": comparison(.lessOrEqual), "Greater": comparison(.greater),
    "GreaterOrEqual": comparison(.greaterOrEqual), "And": comparison(.and),
    "Or": comparison(.or), "Xor": comparison(.exclusiveOr), "Not": negation, "IsNaN": isNaN,
    "IsInf": isInfinite, "Where": choose,
  ]

  private static func comparison(_ comparison: Comparison) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      let operands = [try graph.feature(node, 0), try graph.feature(node, 1)]
      try graph.emit(node, comparison, operands, isInteger: true)
    }
  }

  private static func negation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try compare(&graph, node, .equal, try graph.feature(node, 0), with: 0)
  }

  private static func isNaN(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let value = try graph.feature(node, 0)
    try graph.emit(node, Comparison.notEqual, [value, value], isInteger: true)
  }

  private static func isInfinite(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let value = try graph.feature(node, 0)
    let signs = (
      try node.flag("detect_negative", default: true),
      try node.flag("detect_positive", default: true)
    )
    switch signs {
    case (true, true):
      let magnitude = try graph.emitHelper(node, "magnitude", MathFunction.absolute, [value])
      try compare(&graph, node, .equal, magnitude, with: .infinity)
    case (true, false): try compare(&graph, node, .equal, value, with: -.infinity)
    case (false, true): try compare(&graph, node, .equal, value, with: .infinity)
    // Nothing is less than −∞.
    case (false, false): try compare(&graph, node, .less, value, with: -.infinity)
    }
  }

  /// Compares a value with a number.
  static func compare(
    _ graph: inout GraphImport, _ node: ONNXNode, _ comparison: Comparison, _ value: String,
    with number: Float
  ) throws(ONNXError.Problem) {
    let constant = Constant(Tensor(shape: [], elements: [number]))
    let other = try graph.emitHelper(node, "number", constant, [])
    try graph.emit(node, comparison, [value, other], isInteger: true)
  }

  private static func choose(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var inputs: [String] = []
    for position in 0..<3 { inputs.append(try graph.feature(node, position)) }
    let choices = [try graph.value(node, 1), try graph.value(node, 2)]
    try graph.emit(node, Where(), inputs, isInteger: choices.allSatisfy(\.isInteger))
  }
}
