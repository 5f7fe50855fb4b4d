import ConvolutionalNetworks

/// Einsum: products of operands, axis by axis as an equation says, summed over what it leaves out. It becomes sums,
/// transpositions and products of matrices.
extension OperatorImports {
  static let sums: [String: OperatorImport] = ["Einsum": einsum]

  private static func einsum(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var ranks: [Int] = []
    for position in node.inputs.indices { ranks.append(try graph.rank(node, position)) }
    guard !ranks.isEmpty else { throw .missingInput(position: 0) }
    let equation = try EinsumEquation(node.string("equation", default: ""), ranks: ranks)
    var operands: [EinsumTerm] = []
    for (position, axes) in equation.operands.enumerated() {
      operands.append(
        try EinsumTerm(graph.feature(node, position), axes: axes).diagonal(&graph, node))
    }
    // How many operands that are still to come have each axis.
    var waiting: [EinsumEquation.Axis: Int] = [:]
    for axis in operands.dropFirst().flatMap(\.axes) { waiting[axis, default: 0] += 1 }
    var result = operands[0]
    for operand in operands.dropFirst() {
      for axis in operand.axes { waiting[axis, default: 0] -= 1 }
      let needed = Set(equation.output).union(waiting.keys.filter { waiting[$0, default: 0] > 0 })
      result = try result.product(with: operand, keeping: needed, &graph, node)
    }
    result = try result.summed(keeping: Set(equation.output), &graph, node)
      .arranged(equation.output, &graph, node)
    try result.finish(&graph, node)
  }
}
