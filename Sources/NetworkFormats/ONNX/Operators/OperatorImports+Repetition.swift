import ConvolutionalNetworks

extension OperatorImports {
  static let repetitions: [String: OperatorImport] = ["Tile": tile, "Expand": expand]

  private static func tile(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    guard let repeats = try graph.numbers(node, 1) else { throw .missingInput(position: 1) }
    try graph.emit(node, Tile(repeats: repeats.expression), [try graph.feature(node, 0)])
  }

  private static func expand(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 1) else { throw .missingInput(position: 1) }
    try graph.emit(node, Expand(to: shape.expression), [try graph.feature(node, 0)])
  }
}
