import ConvolutionalNetworks

/// Operators that arrange the elements of a value anew: known ones are arranged at once.
extension OperatorImports {
  static let arrangements: [String: OperatorImport] = [
    "Identity": identity, "Cast": cast, "Flatten": flatten, "Reshape": reshape,
    "Transpose": transpose, "Squeeze": squeeze, "Unsqueeze": unsqueeze, "Concat": concatenation,
  ]

  private static func identity(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let value = try graph.value(node, 0)
    guard case .feature(let feature, _) = value else {
      return try graph.define(node.outputs[0], value)
    }
    try graph.emit(node, Identity(), [feature])
  }

  private static func cast(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let code = try node.int("to", default: 0)
    // How a conversion to 8-bit floats, which are not supported, would overflow and round.
    _ = try (node.int("saturate"), node.string("round_mode", default: ""))
    let type = ONNXTensorProto.DataType(rawValue: code)
    let toFloat: Bool
    switch type {
    case .float, .float16, .double, .bfloat16: toFloat = true
    case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8: toFloat = false
    default: throw .unsupportedAttribute("to", value: type.map { "\($0)" } ?? "\(code)")
    }
    switch try graph.value(node, 0) {
    case .feature(let feature, let isInteger):
      guard toFloat || isInteger else {
        throw .unsupportedAttribute("to", value: type.map { "\($0)" } ?? "\(code)")
      }
      try graph.emit(node, Identity(kind: "Cast"), [feature], isInteger: !toFloat)
    case .constant(let tensor) where toFloat:
      try graph.define(node.outputs[0], .constant(tensor))
    case let value:
      guard let numbers = value.numbers else { return }
      let result =
        toFloat
        ? ShapeNumbers(numbers, isInteger: false)
        : try graph.computed(.truncate, [numbers], isInteger: true)
      try graph.define(node.outputs[0], result)
    }
  }

  private static func flatten(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try arrange(&graph, node, Flatten(axis: try node.int("axis", default: 1)), numbers: nil)
  }

  private static func reshape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 1) else { throw .missingInput(position: 1) }
    // An exporter may allow zeros where there are none, and the zero that a batch axis becomes stands for its extent.
    let hasZero = shape.constant.map { $0.numbers.contains(0) } ?? true
    let allowsZero = try node.flag("allowzero") && hasZero
    var expression = shape.expression
    // A batch axis written as the declared number is kept, whatever the number turns out to be.
    if !allowsZero, case .feature(let feature, _) = try graph.value(node, 0),
      let batch = graph.assumedShape(of: feature)?.first, let extents = shape.constant,
      extents.numbers.first == Double(batch), batch == 1 || !graph.hasFreeBatch
    {
      expression = .constant(
        NumberArray(shape: extents.shape, numbers: [0] + extents.numbers.dropFirst()))
    }
    try arrange(
      &graph, node, Reshape(to: expression, allowsZero: allowsZero),
      numbers: (.reshape, [shape]))
  }

  private static func transpose(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try arrange(&graph, node, Transpose(try node.ints("perm")), numbers: nil)
  }

  private static func squeeze(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let axes = try axes(&graph, node)
    try arrange(&graph, node, Squeeze(axes: axes), numbers: (.squeeze(axes: axes), []))
  }

  private static func unsqueeze(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let axes = try axes(&graph, node) else { throw .missingInput(position: 1) }
    try arrange(&graph, node, Unsqueeze(axes: axes), numbers: (.unsqueeze(axes: axes), []))
  }

  /// The axes of a node that takes them as an attribute or, from operator set 13 on, as an input.
  private static func axes(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> [Int]?
  {
    node.operatorSet < 13 ? try node.ints("axes") : try graph.integers(node, 1)
  }

  private static func concatenation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let axis = try node.int("axis") else {
      throw .invalidAttribute("axis", reason: "it is missing")
    }
    if let operands = try graph.allNumbers(node) {
      let isInteger = operands.allSatisfy(\.isInteger)
      let result = try graph.computed(.concatenate(axis: axis), operands, isInteger: isInteger)
      return try graph.define(node.outputs[0], result)
    }
    var inputs: [String] = []
    for position in node.inputs.indices { inputs.append(try graph.feature(node, position)) }
    try graph.emit(node, Concatenation(axis: axis), inputs)
  }

  /// Arranges what is known at once, numbers by shape arithmetic, and anything else in the network.
  private static func arrange(
    _ graph: inout GraphImport, _ node: ONNXNode, _ operation: some LayerOperation,
    numbers: (operation: ArrayOperation, operands: [ShapeNumbers])?
  ) throws(ONNXError.Problem) {
    let output = node.outputs[0]
    switch try graph.value(node, 0) {
    case .feature(let feature, _):
      try graph.emit(node, operation, [feature])
    case .constant(let tensor):
      if operation is Transpose { try graph.take(tensor.count) }
      try graph.define(output, .constant(try tensor.arranged(by: operation)))
    case .numbers(let value):
      guard let numbers else { throw .unsupported("\(operation.kind) of a shape") }
      let result = try graph.computed(
        numbers.operation, [value] + numbers.operands, isInteger: value.isInteger)
      try graph.define(output, result)
    }
  }
}

extension Tensor {
  /// The same elements as an operation that computes nothing arranges them.
  fileprivate func arranged(by operation: some LayerOperation) throws(ONNXError.Problem) -> Tensor {
    do throws(ShapeError) {
      let shapes = try operation.outputShapes(for: [shape], layout: .channelsFirst)
      guard shapes[0].count <= KnownShapes.mostAxes else {
        throw ShapeError("a shape of \(shapes[0].count) axes")
      }
      guard let transpose = operation as? Transpose else { return reshaped(to: shapes[0]) }
      return transposed(transpose.permutation ?? Array((0..<rank).reversed()))
    } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
  }
}
