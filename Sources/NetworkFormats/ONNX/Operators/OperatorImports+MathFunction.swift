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
      guard value.isKnown || !value.isInteger || function == .absolute else {
        throw .unsupported("\(function.kind) of integers in the network")
      }
      try graph.emit(
        node, function, [try graph.feature(node, 0)],
        isInteger: value.isInteger && function == .absolute)
    }
  }

  /// A power; the exponents that networks mostly have are cheaper as something else.
  private static func power(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem)
  {
    let value = try graph.value(node, 0)
    guard !value.isKnown else {
      let operands = [try graph.feature(node, 0), try graph.feature(node, 1)]
      return try graph.emit(node, Arithmetic(.power), operands)
    }
    if value.isInteger { throw .unsupported("powers of integers in the network") }
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
