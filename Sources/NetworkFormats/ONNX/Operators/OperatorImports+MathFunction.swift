import ConvolutionalNetworks

/// Functions of each element that are arithmetic and no activations.
extension OperatorImports {
  static let mathFunctions: [String: OperatorImport] = [
    "Abs": function(.absolute), "Exp": function(.exponential), "Log": function(.logarithm),
    "Sqrt": function(.squareRoot), "Reciprocal": function(.reciprocal),
    "Erf": function(.errorFunction), "Pow": power,
  ]

  private static func function(_ function: MathFunction) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      let value = try graph.value(node, 0)
      guard case .feature(let feature, let isInteger) = value else {
        guard let numbers = value.numbers else { return }
        let result = try graph.computed(
          .function(function), [numbers],
          isInteger: numbers.isInteger && function == .absolute)
        return try graph.define(node.outputs[0], result)
      }
      guard !isInteger || function == .absolute else {
        throw .unsupported("\(function.kind) of integers in the network")
      }
      try graph.emit(node, function, [feature])
    }
  }

  /// A power; the exponents that networks mostly have are cheaper as something else.
  private static func power(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem)
  {
    guard node.inputs.count == 2 else { throw .missingInput(position: 1) }
    if let operands = try graph.allNumbers(node) {
      let isInteger = operands[0].isInteger
      let power = try graph.computed(.power, operands, isInteger: isInteger)
      return try graph.define(
        node.outputs[0],
        isInteger ? graph.computed(.truncate, [power], isInteger: true) : power)
    }
    if try graph.isInteger(node) { throw .unsupported("powers of integers in the network") }
    let base = try graph.feature(node, 0)
    var exponent: Float?
    // An exponent with an axis might add one to the base.
    if let known = try graph.value(node, 1).tensor, known.count == 1, known.rank <= 1 {
      exponent = known.elements[0]
    }
    switch exponent {
    case 2: try graph.emit(node, Arithmetic(.multiply), [base, base])
    case 1: try graph.emit(node, Identity(), [base])
    case 0.5: try graph.emit(node, MathFunction.squareRoot, [base])
    case -1: try graph.emit(node, MathFunction.reciprocal, [base])
    default: try graph.emit(node, Arithmetic(.power), [base, try graph.feature(node, 1)])
    }
  }
}
