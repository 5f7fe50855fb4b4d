import ConvolutionalNetworks

/// Operators that arrange the elements of a value anew: known ones are arranged at once.
extension OperatorImports {
  static let arrangements: [String: OperatorImport] = [
    "Identity": identity, "Cast": cast, "CastLike": castLike, "Flatten": flatten,
    "Reshape": reshape,
    "Transpose": transpose, "Squeeze": squeeze, "Unsqueeze": unsqueeze, "Concat": concatenation,
  ]

  private static func identity(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try graph.emit(node, Identity(), [try graph.feature(node, 0)])
  }

  private static func cast(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let code = try node.int("to", default: 0)
    // How a conversion to 8-bit floats, which are not supported, would overflow and round.
    _ = try (node.int("saturate"), node.string("round_mode", default: ""))
    guard let type = ONNXTensorProto.DataType(rawValue: code) else {
      throw .unsupportedAttribute("to", value: "\(code)")
    }
    try cast(&graph, node, to: type)
  }

  private static func castLike(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    _ = try (node.int("saturate"), node.string("round_mode", default: ""))
    let other = try graph.value(node, 1)
    let type = graph.quantizedValues.types.type(of: node.inputs[1])
    try cast(&graph, node, to: type ?? (other.isInteger ? .int64 : .float))
  }

  private static func cast(
    _ graph: inout GraphImport, _ node: ONNXNode, to type: ONNXTensorProto.DataType
  ) throws(ONNXError.Problem) {
    let toFloat: Bool
    switch type {
    case .bool:
      return try compare(&graph, node, .notEqual, try graph.feature(node, 0), with: 0)
    case .float, .float16, .double, .bfloat16: toFloat = true
    case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8: toFloat = false
    default: throw .unsupportedAttribute("to", value: "\(type)")
    }
    let value = try graph.value(node, 0)
    guard toFloat || value.isInteger || value.isKnown else {
      return try graph.emit(
        node, MathFunction.truncate, [try graph.feature(node, 0)], isInteger: true)
    }
    // The type of a result says how it is rounded.
    try graph.emit(
      node, Identity(kind: "Cast"), [try graph.feature(node, 0)], isInteger: !toFloat)
  }

  private static func flatten(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operation = Flatten(axis: try node.int("axis", default: 1))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
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
    let operation = Reshape(to: expression, allowsZero: allowsZero)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func transpose(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try graph.emit(node, Transpose(try node.ints("perm")), [try graph.feature(node, 0)])
  }

  private static func squeeze(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operation = Squeeze(axes: try axes(&graph, node))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func unsqueeze(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let axes = try axes(&graph, node) else { throw .missingInput(position: 1) }
    try graph.emit(node, Unsqueeze(axes: axes), [try graph.feature(node, 0)])
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
    var inputs: [String] = []
    var isInteger = true
    for position in node.inputs.indices {
      inputs.append(try graph.feature(node, position))
      let value = try graph.value(node, position)
      isInteger = isInteger && value.isInteger
    }
    try graph.emit(node, Concatenation(axis: axis), inputs, isInteger: isInteger)
  }
}
