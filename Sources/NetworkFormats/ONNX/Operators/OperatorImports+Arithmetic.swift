import ConvolutionalNetworks

extension OperatorImports {
  static let arithmetic: [String: OperatorImport] = [
    "Add": elementwise(.add), "Sub": elementwise(.subtract), "Mul": elementwise(.multiply),
    "Div": elementwise(.divide), "Sum": sum, "Mean": meanOfValues, "Min": bound(.minimum),
    "Max": bound(.maximum), "Floor": unary(.floor), "Ceil": unary(.ceil), "Neg": negation,
    "Mod": modulo,
  ]

  private static func elementwise(_ operator: Arithmetic.Operator) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      let operands = [try graph.value(node, 0), try graph.value(node, 1)]
      let isInteger = operands.allSatisfy(\.isInteger)
      if `operator` == .divide, isInteger, !operands.allSatisfy(\.isKnown) {
        throw .unsupported("division of integers in the network")
      }
      let inputs = [try graph.feature(node, 0), try graph.feature(node, 1)]
      try graph.emit(node, Arithmetic(`operator`), inputs, isInteger: isInteger)
    }
  }

  private static func sum(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    try chain(.add, "partial sum", &graph, node)
  }

  /// An operation on any number of operands becomes a chain, the last link of which has the node's name.
  private static func chain(
    _ operator: Arithmetic.Operator, _ role: String, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) {
    guard node.inputs.count > 1 else {
      return try graph.emit(
        node, Identity(kind: node.operatorName), [try graph.feature(node, 0)])
    }
    let first = try chain(
      `operator`, role, &graph, node, positions: node.inputs.indices.dropLast())
    let last = try graph.feature(node, node.inputs.count - 1)
    try graph.emit(node, Arithmetic(`operator`), [first, last])
  }

  /// The value of a chain over some of a node's inputs, at least one.
  private static func chain(
    _ operator: Arithmetic.Operator, _ role: String, _ graph: inout GraphImport, _ node: ONNXNode,
    positions: Range<Int>
  ) throws(ONNXError.Problem) -> String {
    var result = try graph.feature(node, positions.lowerBound)
    for position in positions.dropFirst() {
      result = try graph.emitHelper(
        node, role, Arithmetic(`operator`), [result, try graph.feature(node, position)])
    }
    return result
  }

  /// The mean of several values, element by element.
  private static func meanOfValues(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard node.inputs.count > 1 else { return try sum(&graph, node) }
    let total = try chain(
      .add, "partial sum", &graph, node, positions: node.inputs.indices)
    let count = Constant(Tensor(shape: [], elements: [Float(node.inputs.count)]))
    let divisor = try graph.emitHelper(node, "count", count, [])
    try graph.emit(node, Arithmetic(.divide), [total, divisor])
  }

  /// Min and Max: one bound of a clip, or a chain.
  private static func bound(_ operator: Arithmetic.Operator) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      var value = 0
      var limit: Tensor?
      if node.inputs.count == 2 {
        limit = try graph.value(node, 1).tensor
        if limit == nil { (value, limit) = (1, try graph.value(node, 0).tensor) }
      }
      guard try !graph.value(node, value).isKnown, let limit, limit.count == 1, limit.rank <= 1
      else {
        return try chain(`operator`, "partial \(`operator`)", &graph, node)
      }
      let number = limit.elements[0]
      let function: ActivationFunction =
        `operator` == .minimum
        ? .clip(minimum: -.infinity, maximum: number)
        : .clip(minimum: number, maximum: .infinity)
      try graph.emit(node, Activation(function), [try graph.feature(node, value)])
    }
  }

  private static func negation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let minusOne = Constant(Tensor(shape: [], elements: [-1]))
    let factor = try graph.emitHelper(node, "factor", minusOne, [])
    try graph.emit(node, Arithmetic(.multiply), [try graph.feature(node, 0), factor])
  }

  private static func modulo(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try node.require("fmod", toBe: 0)
    let operands = [try graph.feature(node, 0), try graph.feature(node, 1)]
    try graph.emit(node, NumberFunction.modulo, operands)
  }

  private static func unary(_ function: NumberFunction) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      try graph.emit(node, function, [try graph.feature(node, 0)])
    }
  }
}
