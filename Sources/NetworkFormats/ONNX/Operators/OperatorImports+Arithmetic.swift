import ConvolutionalNetworks

extension OperatorImports {
  static let arithmetic: [String: OperatorImport] = [
    "Add": elementwise(.add, .add), "Sub": elementwise(.subtract, .subtract),
    "Mul": elementwise(.multiply, .multiply), "Div": elementwise(.divide, .divide),
    "Sum": sum, "Mean": meanOfValues,
    "Min": bound(.minimum, .minimum), "Max": bound(.maximum, .maximum),
    "Floor": unary(.floor), "Ceil": unary(.ceil), "Neg": negation, "Mod": modulo,
  ]

  private static func elementwise(
    _ operator: Arithmetic.Operator, _ operation: ArrayOperation
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      guard node.inputs.count == 2 else { throw .missingInput(position: 1) }
      if let operands = try graph.allNumbers(node) {
        let isInteger = operands.allSatisfy(\.isInteger)
        let exact = isInteger && operation == .divide ? .divideIntegers : operation
        let result = try graph.computed(exact, operands, isInteger: isInteger)
        return try graph.define(node.outputs[0], result)
      }
      if `operator` == .divide, try graph.isInteger(node) {
        throw .unsupported("division of integers in the network")
      }
      let inputs = [try graph.feature(node, 0), try graph.feature(node, 1)]
      try graph.emit(node, Arithmetic(`operator`), inputs)
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

  /// Min and Max: shape arithmetic, one bound of a clip, or a chain.
  private static func bound(_ operation: ArrayOperation, _ operator: Arithmetic.Operator)
    -> OperatorImport
  {
    { graph, node throws(ONNXError.Problem) in
      if let operands = try graph.allNumbers(node), let first = operands.first {
        let isInteger = operands.allSatisfy(\.isInteger)
        var result = first
        for operand in operands.dropFirst() {
          result = try graph.computed(operation, [result, operand], isInteger: isInteger)
        }
        return try graph.define(node.outputs[0], result)
      }
      var value = 0
      var limit: Tensor?
      if node.inputs.count == 2 {
        limit = try graph.value(node, 1).tensor
        if limit == nil { (value, limit) = (1, try graph.value(node, 0).tensor) }
      }
      guard let limit, limit.count == 1, limit.rank <= 1 else {
        return try chain(`operator`, "partial \(`operator`)", &graph, node)
      }
      let number = limit.elements[0]
      let function: ActivationFunction =
        operation == .minimum
        ? .clip(minimum: -.infinity, maximum: number)
        : .clip(minimum: number, maximum: .infinity)
      try graph.emit(node, Activation(function), [try graph.feature(node, value)])
    }
  }

  private static func negation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard case .feature(let feature, _) = try graph.value(node, 0) else {
      return try unary(.negate)(&graph, node)
    }
    let minusOne = Constant(Tensor(shape: [], elements: [-1]))
    let factor = try graph.emitHelper(node, "factor", minusOne, [])
    try graph.emit(node, Arithmetic(.multiply), [feature, factor])
  }

  private static func modulo(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try node.require("fmod", toBe: 0)
    guard let operands = try graph.allNumbers(node), operands.count == 2 else {
      throw .unsupported("values of the network modulo others")
    }
    let isInteger = operands.allSatisfy(\.isInteger)
    try graph.define(node.outputs[0], graph.computed(.modulo, operands, isInteger: isInteger))
  }

  private static func unary(_ operation: ArrayOperation) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      guard let operand = try graph.numbers(node, 0) else { throw .missingInput(position: 0) }
      try graph.define(
        node.outputs[0], graph.computed(operation, [operand], isInteger: operand.isInteger))
    }
  }
}
