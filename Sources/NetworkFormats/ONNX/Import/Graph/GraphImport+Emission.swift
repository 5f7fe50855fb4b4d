import ConvolutionalNetworks

/// What nodes become: known values where all that they read is known, else layers.
extension GraphImport {
  /// Says what a node makes of values: numbers where all of them are known, else a layer that bears the node's name and
  /// writes its first outputs.
  ///
  /// - Parameter isInteger: whether the outputs are integers; like the node's first input unless given.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, _ inputs: [String], outputCount: Int = 1,
    isInteger: Bool? = nil
  ) throws(ONNXError.Problem) {
    guard node.outputs.count >= outputCount else {
      throw .unsupported("a node of \(node.outputs.count) outputs")
    }
    let isInteger =
      if let isInteger { isInteger } else { try self.isInteger(node) }
    let operands = operands(inputs)
    if let results = try folded(
      operation, operands, outputCount: outputCount, isInteger: isInteger)
    {
      for (output, value) in zip(node.outputs, results) { try define(output, value) }
      return
    }
    let name = layerName(of: node)
    let outputs = node.outputs.prefix(outputCount).enumerated().map { position, output in
      output.isEmpty ? "\(name)/output \(position)" : output
    }
    try add(Layer(name, operation, inputs: inputs, outputs: outputs))
    for output in outputs { try define(output, .feature(output, isInteger: isInteger)) }
  }

  /// Says what a node makes of values that are known.
  ///
  /// - Throws: where they are not.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, of operands: [ImportedValue], isInteger: Bool
  ) throws(ONNXError.Problem) {
    guard
      let results = try folded(operation, operands, outputCount: 1, isInteger: isInteger)
    else { throw .notConstant(node.inputs.first ?? node.name) }
    try define(node.outputs[0], results[0])
  }

  /// What a node makes of values, in the shape of one of them; a layer after the node's own gives it that shape.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, _ inputs: [String], inShapeOf value: String
  ) throws(ONNXError.Problem) {
    let reshape = Reshape(
      to: try shape(of: values[value] ?? .feature(value, isInteger: false)).expression)
    let output = node.outputs[0]
    if let results = try folded(operation, operands(inputs), outputCount: 1, isInteger: false),
      let result = try folded(reshape, results, outputCount: 1, isInteger: false)
    {
      return try define(output, result[0])
    }
    let name = layerName(of: node)
    let reshaping = unusedName("\(name)/reshaped")
    let result = "\(reshaping)/input"
    try add(Layer(name, operation, inputs: inputs, outputs: [result]))
    try add(Layer(reshaping, reshape, inputs: [result], outputs: [output]))
    try define(output, .feature(output, isInteger: false))
  }

  /// What an operation that a node needs beside its own makes of values, under a name of its own.
  mutating func emitHelper(
    _ node: ONNXNode, _ role: String, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(ONNXError.Problem) -> String {
    let name = "\(node.name)/\(role)"
    if let constant = operation as? Constant {
      return try defineHelper(name, .constant(constant.value))
    }
    let operands = operands(inputs)
    let isInteger = !operands.isEmpty && operands.allSatisfy(\.isInteger)
    if let result = try folded(operation, operands, outputCount: 1, isInteger: isInteger) {
      return try defineHelper(name, result[0])
    }
    let value = try addHelper(name, operation, inputs)
    try define(value, .feature(value, isInteger: isInteger))
    return value
  }

  /// The same, which is an output of the node too where one is named.
  mutating func emitHelper(
    _ node: ONNXNode, _ role: String, _ operation: any LayerOperation, _ inputs: [String],
    writing output: String?
  ) throws(ONNXError.Problem) -> String {
    guard let output else { return try emitHelper(node, role, operation, inputs) }
    let part = ONNXNode(
      node, as: node.operatorName, named: "\(node.name)/\(role)", outputs: [output])
    try emit(part, operation, inputs, isInteger: false)
    return try feature(output)
  }

  /// What is known of a value that a node needs beside its own, under a name.
  mutating func defineHelper(_ node: ONNXNode, _ role: String, _ value: ImportedValue)
    throws(ONNXError.Problem) -> String
  {
    try defineHelper("\(node.name)/\(role)", value)
  }

  /// Says what a name like this one stands for, and returns that name.
  mutating func defineHelper(_ name: String, _ value: ImportedValue)
    throws(ONNXError.Problem) -> String
  {
    let name = unusedName(name)
    try take(name.utf8.count, of: 1)
    try define(name, value)
    return name
  }

  /// Values joined along a new first axis, under a name.
  mutating func stack(_ values: [String], as output: String, for node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var parts: [String] = []
    for value in values {
      parts.append(try emitHelper(node, "part", Unsqueeze(axes: [0]), [try feature(value)]))
    }
    let joined = try emitHelper(node, "stack", Concatenation(axis: 0), parts)
    try define(output, self.value(joined))
  }

  private func operands(_ names: [String]) -> [ImportedValue] {
    names.map { values[$0] ?? .feature($0, isInteger: false) }
  }
}
