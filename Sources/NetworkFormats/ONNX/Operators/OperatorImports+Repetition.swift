import ConvolutionalNetworks

extension OperatorImports {
  static let repetitions: [String: OperatorImport] = ["Tile": tile, "Expand": expand]

  private static func tile(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    guard let repeats = try graph.numbers(node, 1) else { throw .missingInput(position: 1) }
    let value = try graph.value(node, 0)
    guard case .feature(let feature, _) = value else {
      guard let numbers = value.numbers else { return }
      let tiles = try graph.computed(.tile, [numbers, repeats], isInteger: numbers.isInteger)
      return try graph.define(node.outputs[0], tiles)
    }
    try graph.emit(node, Tile(repeats: repeats.expression), [feature])
  }

  /// Broadcasting; of numbers that are known it is multiplying them by ones.
  private static func expand(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 1) else { throw .missingInput(position: 1) }
    let value = try graph.value(node, 0)
    if case .constant = value, shape.constant == nil {
      // Such as a class token for each picture.
      return try graph.emit(
        node, Expand(to: shape.expression), [try graph.feature(node, 0)])
    }
    guard case .feature(let feature, _) = value else {
      guard let numbers = value.numbers else { return }
      let ones = try graph.computed(.fill(1), [shape], isInteger: numbers.isInteger)
      return try graph.define(
        node.outputs[0],
        graph.computed(.multiply, [numbers, ones], isInteger: numbers.isInteger))
    }
    try graph.emit(node, Expand(to: shape.expression), [feature])
  }
}
