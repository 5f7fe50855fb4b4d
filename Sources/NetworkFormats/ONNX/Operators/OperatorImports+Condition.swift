import ConvolutionalNetworks

/// Operators of conditions: known ones choose among values of the network.
extension OperatorImports {
  static let conditions: [String: OperatorImport] = ["Equal": equal, "Where": choose]

  private static func equal(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let operands = try graph.allNumbers(node) else {
      throw .unsupported("comparing values of the network")
    }
    guard operands.count == 2 else { throw .missingInput(position: 1) }
    try graph.define(node.outputs[0], graph.computed(.equal, operands, isInteger: true))
  }

  private static func choose(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard node.inputs.count == 3 else { throw .missingInput(position: node.inputs.count) }
    let choices = [try graph.value(node, 1), try graph.value(node, 2)]
    let isInteger = choices.allSatisfy(\.isInteger)
    if let operands = try graph.allNumbers(node) {
      let chosen = try graph.computed(.choose, operands, isInteger: isInteger)
      return try graph.define(node.outputs[0], chosen)
    }
    var inputs: [String] = []
    for position in 0..<3 { inputs.append(try graph.feature(node, position)) }
    try graph.emit(node, Where(), inputs, isInteger: isInteger)
  }
}
