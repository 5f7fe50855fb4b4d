import ConvolutionalNetworks

/// Operators on quantized numbers: they run with the real numbers that those stand for, and the result is rounded.
extension OperatorImports {
  static let quantizedOperators: [String: OperatorImport] =
    QuantizedOperator.all.mapValues(importing)
    .merging(["QLinearConcat": concatenation]) { first, _ in first }

  private static func importing(_ quantized: QuantizedOperator) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in try quantized.importNode(&graph, node) }
  }

  /// Whether an operator of this name reads quantized numbers, or makes them.
  static func isQuantizing(_ operatorName: String) -> Bool {
    quantizations[operatorName] != nil || quantizedOperators[operatorName] != nil
      || integerProducts[operatorName] != nil || contributedQuantizedProducts[operatorName] != nil
      || quantizedRecurrences[operatorName] != nil
  }

  private static func concatenation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let parts = (node.inputs.count - 2) / 3
    guard parts > 0, node.inputs.count == 2 + 3 * parts else {
      throw .unsupported("a concatenation of \(node.inputs.count) inputs")
    }
    try QuantizedOperator.concatenation(of: parts).importNode(&graph, node)
  }
}

extension QuantizedOperator {
  fileprivate func importNode(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try node.require("channels_last", toBe: 0)
    var operands: [ImportedValue?] = []
    // The scales of a product, along the axis of its units.
    var scale = Tensor(
      shape: [], elements: [operatorName == "Gemm" ? try node.float("alpha", default: 1) : 1])
    for input in inputs {
      switch input {
      case .plain(let position): operands.append(try graph.value(node, position))
      case .quantized(let operand):
        var axis = operand.axis
        if operatorName == "Gemm", operand.position == 3 {
          axis = try node.flag("transB") ? 0 : 1
        }
        let grid = try graph.grid(node, operand.grid, axis: axis)
        try graph.take(max(scale.count, grid.scale.count))
        scale = try scale.times(grid.scale)
        operands.append(try graph.realNumbers(node, operand.position, on: grid))
      case .summand(let position):
        guard node.hasInput(position) else {
          operands.append(nil)
          continue
        }
        let grid = try graph.grid(scale, nil, axis: -1, described: node.inputs[position])
        operands.append(try graph.realNumbers(node, position, on: grid))
      }
    }
    let set = try operatorSet(node)
    guard let output, node.hasInput(output.scale) else {
      return try graph.emit(
        node, as: operatorName, operands, named: node.name, output: node.outputs[0],
        operatorSet: set)
    }
    guard let result = node.outputs.first else { return }
    let unrounded = "\(result)/unquantized"
    try graph.emit(
      node, as: operatorName, operands, named: "\(node.name)/unquantized", output: unrounded,
      operatorSet: set)
    let grid = try graph.grid(node, output, axis: operatorName == "MatMul" ? -2 : 1)
    try graph.emitQuantized(node, try graph.value(unrounded), on: grid)
  }

  /// The operator set whose rules the operator of real numbers follows.
  private func operatorSet(_ node: ONNXNode) throws(ONNXError.Problem) -> Int? {
    switch operatorName {
    case "Softmax": try node.int("opset")
    // Axes are an attribute.
    case "ReduceMean": 13
    default: nil
    }
  }
}

extension Tensor {
  /// The product of scales, of which at most one has several.
  fileprivate func times(_ other: Tensor) throws(ONNXError.Problem) -> Tensor {
    guard count == 1 || other.count == 1 else {
      throw .unsupported("several scales of both factors")
    }
    let factor = count == 1 ? elements[0] : other.elements[0]
    return (count == 1 ? other : self).map { $0 * factor }
  }
}

extension GraphImport {
  /// Imports what `node` amounts to: another operator with the same attributes, on these values.
  mutating func emit(
    _ node: ONNXNode, as operatorName: String, _ operands: [ImportedValue?], named name: String,
    output: String, operatorSet: Int? = nil
  ) throws(ONNXError.Problem) {
    var names: [String] = []
    for (position, operand) in operands.enumerated() {
      let name = operand == nil ? "" : "\(output)/operand \(position)"
      try take(name.utf8.count, of: 1)
      if let operand { try define(name, operand) }
      names.append(name)
    }
    while names.last == "" { names.removeLast() }
    let derived = ONNXNode(
      node, as: operatorName, named: name, inputs: names, outputs: [output],
      operatorSet: operatorSet)
    try importRewritten(derived)
    // Nothing else reads the operands.
    for name in names { values[name] = nil }
  }
}
