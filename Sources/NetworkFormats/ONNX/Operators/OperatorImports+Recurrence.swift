import ConvolutionalNetworks

/// Recurrent layers: a layer for each direction, and what brings their results into ONNX' shapes.
extension OperatorImports {
  static let recurrences: [String: OperatorImport] = [
    "RNN": simple, "LSTM": longShortTerm, "GRU": gated,
  ]

  private static func simple(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try recurrence(&graph, node, .simple, gates: [.state], activations: ["Tanh"])
  }

  static func longShortTerm(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try recurrence(
      &graph, node, .lstm(couplesGates: try node.flag("input_forget")),
      gates: [.input, .output, .forget, .cell], activations: ["Sigmoid", "Tanh", "Tanh"])
  }

  private static func gated(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try recurrence(
      &graph, node, .gru(resetAfter: try node.flag("linear_before_reset")),
      gates: [.update, .reset, .candidate], activations: ["Sigmoid", "Tanh"])
  }

  private static func recurrence(
    _ graph: inout GraphImport, _ node: ONNXNode, _ cell: RecurrentCell,
    gates: [RecurrentCell.Gate], activations: [String]
  ) throws(ONNXError.Problem) {
    let attributes = try RecurrenceAttributes(node, activations: activations)
    let stepCount = try stepCount(graph, node, isBatchFirst: attributes.isBatchFirst)
    let weights = try RecurrenceWeights(&graph, node, directions: attributes.directions.count)
    let states = try firstStates(&graph, node, attributes)
    var results: [[String]] = []
    for (number, isReversed) in attributes.directions.enumerated() {
      let operation = Recurrence(
        cell, gates: gates, inputWeights: weights.input[number],
        recurrentWeights: weights.recurrent[number], inputBias: weights.biases?[number].input,
        recurrentBias: weights.biases?[number].recurrent, peepholes: weights.peepholes?[number],
        activations: attributes.activations[number], clip: attributes.clip,
        isReversed: isReversed, sequenceAxis: attributes.isBatchFirst ? 1 : 0,
        stepCount: stepCount)
      let name = "\(node.name)/\(isReversed ? "reverse" : "forward")"
      let outputs = (["", "/state"] + (cell.hasCell ? ["/cell"] : [])).map { name + $0 }
      let direction = ONNXNode(
        node, as: node.operatorName, named: name, inputs: node.inputs, outputs: outputs)
      try graph.emit(
        direction, operation, [try graph.feature(node, 0)] + states.map { $0[number] },
        outputCount: outputs.count, isInteger: false)
      results.append(outputs)
    }
    // The axis of directions: before the batch, or behind the steps.
    try join(&graph, node, output: 0, results.map { $0[0] }, axis: attributes.isBatchFirst ? 2 : 1)
    for output in 1..<results[0].count {
      try join(
        &graph, node, output: output, results.map { $0[output] },
        axis: attributes.isBatchFirst ? 1 : 0)
    }
  }

  /// Joins an output of the directions along an axis of their own.
  private static func join(
    _ graph: inout GraphImport, _ node: ONNXNode, output: Int, _ values: [String], axis: Int
  ) throws(ONNXError.Problem) {
    guard output < node.outputs.count, !node.outputs[output].isEmpty else { return }
    let name = output == 0 ? node.name : "\(node.name)/output \(output)"
    let joint = ONNXNode(
      node, as: node.operatorName, named: name, inputs: [], outputs: [node.outputs[output]])
    let unsqueeze = Unsqueeze(axes: [axis])
    guard values.count > 1 else {
      return try graph.emit(joint, unsqueeze, values, isInteger: false)
    }
    var parts: [String] = []
    for value in values {
      let part = ONNXNode(
        node, as: node.operatorName, named: "\(value)/direction", inputs: [],
        outputs: ["\(value)/direction \(output)"])
      try graph.emit(part, unsqueeze, [value], isInteger: false)
      parts.append(part.outputs[0])
    }
    try graph.emit(joint, Concatenation(axis: axis), parts, isInteger: false)
  }

  /// The first states of each direction, then the first cells, as far as they are given.
  private static func firstStates(
    _ graph: inout GraphImport, _ node: ONNXNode, _ attributes: RecurrenceAttributes
  ) throws(ONNXError.Problem) -> [[String]] {
    let axis = attributes.isBatchFirst ? 1 : 0
    let count = attributes.directions.count
    func parts(_ position: Int, _ graph: inout GraphImport) throws(ONNXError.Problem) -> [String] {
      let value = try graph.feature(node, position)
      var result: [String] = []
      for direction in 0..<count {
        let slice = Slice(
          starts: .constant([direction]), ends: .constant([direction + 1]),
          axes: .constant([axis]))
        let part =
          count == 1 ? value : try graph.emitHelper(node, "direction", slice, [value])
        result.append(try graph.emitHelper(node, "first", Squeeze(axes: [axis]), [part]))
      }
      return result
    }
    let hasState = node.hasInput(5)
    let hasCell = node.operatorName == "LSTM" && node.hasInput(6)
    guard hasState || hasCell else { return [] }
    var states = try parts(hasState ? 5 : 6, &graph)
    guard hasCell else { return [states] }
    let cells = try parts(6, &graph)
    if !hasState {
      let zero = try graph.emitHelper(
        node, "zero", Constant(Tensor(shape: [], elements: [0])), [])
      for direction in states.indices {
        states[direction] = try graph.emitHelper(
          node, "no state", Arithmetic(.multiply), [states[direction], zero])
      }
    }
    return [states, cells]
  }

  /// The steps of all sequences, where the file states them; `nil` for as many as there are.
  private static func stepCount(
    _ graph: GraphImport, _ node: ONNXNode, isBatchFirst: Bool
  ) throws(ONNXError.Problem) -> Int? {
    guard node.hasInput(4) else { return nil }
    let lengths: [Int]
    if let tensor = try graph.value(node, 4).tensor {
      lengths = tensor.elements.compactMap { Int(exactly: $0) }
    } else {
      guard let numbers = try? graph.integers(node, 4) else {
        throw .unsupported("lengths of sequences that the network computes")
      }
      lengths = numbers
    }
    guard let length = lengths.first, lengths.allSatisfy({ $0 == length }) else {
      throw .unsupported("sequences of several lengths, \(lengths.prefix(8))")
    }
    return length
  }
}
