import ConvolutionalNetworks

/// Recurrent layers of onnxruntime's own whose weights are integers.
extension OperatorImports {
  static let quantizedRecurrences: [String: OperatorImport] = [
    "DynamicQuantizeLSTM": dynamicallyQuantized
  ]

  /// An LSTM of the real numbers that its weights stand for. onnxruntime rounds what they are multiplied by too, to 256
  /// levels of each step's range; here it is not rounded.
  private static func dynamicallyQuantized(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var inputs = Array(node.inputs.prefix(8))
    for (position, scale) in [(1, 8), (2, 10)] {
      let weights = try realWeights(
        &graph, node, position, QuantizationInputs(scale, scale + 1))
      inputs[position] = try graph.defineHelper(node, "weights \(position)", weights)
    }
    let real = ONNXNode(node, as: "LSTM", inputs: inputs, outputs: node.outputs)
    try longShortTerm(&graph, real)
    for position in [1, 2] { graph.values[inputs[position]] = nil }
  }

  /// Weights `[directions, inputs, rows]` as an LSTM has them, `[directions, rows, inputs]`, with a scale for each
  /// direction or for each row.
  private static func realWeights(
    _ graph: inout GraphImport, _ node: ONNXNode, _ position: Int, _ places: QuantizationInputs
  ) throws(ONNXError.Problem) -> ImportedValue {
    let integers = try graph.tensor(node, position)
    guard integers.rank == 3 else {
      throw .unsupported("weights of shape \(integers.shape)")
    }
    try graph.take(integers.count)
    var weights = integers.transposed([0, 2, 1])
    let shape = weights.shape
    let rows = shape[0] * shape[1]
    weights = weights.reshaped(to: [rows, shape[2]])
    let grid = try graph.grid(
      try graph.tensor(node, places.scale).repeated(for: rows),
      try graph.optionalTensor(node, places.zeroPoint)?.repeated(for: rows), axis: 0,
      described: node.inputs[places.scale])
    try graph.arithmetic { () throws(ShapeError) in
      try Dequantization(grid).apply(to: &weights)
    }
    return .constant(weights.reshaped(to: shape))
  }
}

extension Tensor {
  /// One number for each of `rows` rows, where this has one for each of several parts of them.
  fileprivate func repeated(for rows: Int) throws(ONNXError.Problem) -> Tensor {
    guard count > 1 else { return self }
    guard rows % count == 0 else { throw .unsupported("\(count) scales for \(rows) rows") }
    return Tensor(
      shape: [rows],
      elements: elements.flatMap { Array(repeating: $0, count: rows / count) })
  }
}
