import ConvolutionalNetworks

extension OperatorImports {
  static let arithmetic: [String: OperatorImport] = [
    "Add": elementwise(.add, .add), "Sub": elementwise(.subtract, .subtract),
    "Mul": elementwise(.multiply, .multiply), "Div": elementwise(.divide, .divide),
    "Sum": sum, "Min": bound(.minimum), "Max": bound(.maximum),
    "Floor": unary(.floor), "Ceil": unary(.ceil), "Neg": negation,
    "ReduceMean": mean,
  ]

  private static func elementwise(
    _ operator: Arithmetic.Operator, _ operation: ArrayOperation
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      guard node.inputs.count == 2 else { throw .missingInput(position: 1) }
      if let operands = try graph.allNumbers(node) {
        let isInteger = operands.allSatisfy(\.isInteger)
        let exact = isInteger && operation == .divide ? .divideIntegers : operation
        let result = try ShapeNumbers(exact, operands, isInteger: isInteger)
        return try graph.define(node.outputs[0], result)
      }
      if `operator` == .divide, try graph.isInteger(node) {
        throw .unsupported("division of integers in the network")
      }
      let inputs = [try graph.feature(node, 0), try graph.feature(node, 1)]
      try graph.emit(node, Arithmetic(`operator`), inputs)
    }
  }

  /// A sum of any number of operands becomes a chain, the last link of which has the node's name.
  private static func sum(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    guard node.inputs.count > 1 else {
      return try graph.emit(node, Identity(kind: "Sum"), [try graph.feature(node, 0)])
    }
    var total = try graph.feature(node, 0)
    for position in node.inputs.indices.dropFirst().dropLast() {
      total = graph.emitHelper(
        node, "partial sum", Arithmetic(.add), [total, try graph.feature(node, position)])
    }
    let last = try graph.feature(node, node.inputs.count - 1)
    try graph.emit(node, Arithmetic(.add), [total, last])
  }

  /// Min and Max: shape arithmetic, or one bound of a clip.
  private static func bound(_ operation: ArrayOperation) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      if let operands = try graph.allNumbers(node), let first = operands.first {
        let isInteger = operands.allSatisfy(\.isInteger)
        var result = first
        for operand in operands.dropFirst() {
          result = try ShapeNumbers(operation, [result, operand], isInteger: isInteger)
        }
        return try graph.define(node.outputs[0], result)
      }
      guard node.inputs.count == 2 else {
        throw .unsupported("the \(operation) of \(node.inputs.count) values")
      }
      let isSecondKnown = try graph.value(node, 1).tensor != nil
      let (value, limit) = isSecondKnown ? (0, 1) : (1, 0)
      guard let limit = try graph.value(node, limit).tensor, limit.count == 1, limit.rank <= 1
      else { throw .unsupported("the \(operation) of two values") }
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
    let factor = graph.emitHelper(node, "factor", minusOne, [])
    try graph.emit(node, Arithmetic(.multiply), [feature, factor])
  }

  private static func unary(_ operation: ArrayOperation) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      guard let operand = try graph.numbers(node, 0) else { throw .missingInput(position: 0) }
      try graph.define(
        node.outputs[0], ShapeNumbers(operation, [operand], isInteger: operand.isInteger))
    }
  }

  private static func mean(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    var axes = try node.ints("axes")
    if node.operatorSet >= 18 { axes = try graph.integers(node, 1) }
    let keepsAxes = try node.flag("keepdims", default: true)
    let input = try graph.feature(node, 0)
    if try graph.isInteger(node) { throw .unsupported("the mean of integers") }
    let isEmpty = axes?.isEmpty ?? true
    if try node.flag("noop_with_empty_axes"), isEmpty {
      return try graph.emit(node, Identity(), [input])
    }
    try graph.emit(node, Mean(axes: isEmpty ? nil : axes, keepsAxes: keepsAxes), [input])
  }
}
