import ConvolutionalNetworks

/// Operators of conditions: known ones choose among values of the network.
extension OperatorImports {
  static let conditions: [String: OperatorImport] = ["Equal": equal, "Where": choose]

  private static func equal(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operands = [try graph.feature(node, 0), try graph.feature(node, 1)]
    try graph.emit(node, NumberFunction.equal, operands, isInteger: true)
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
