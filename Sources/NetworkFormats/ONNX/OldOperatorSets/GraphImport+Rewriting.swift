import ConvolutionalNetworks

/// What writing a node in another form takes.
extension GraphImport {
  /// Imports a node that stands for one of the file.
  mutating func importRewritten(_ node: ONNXNode) throws(ONNXError.Problem) {
    guard let importOperator = OperatorImports.all[node.operatorName] else {
      throw .unsupportedOperator(domain: "")
    }
    try importOperator(&self, node)
    warnOfUnreadAttributes(of: node)
  }

  /// Imports a node that goes before a rewritten one, and returns the name of its output.
  mutating func importHelper(
    _ node: ONNXNode, _ role: String, _ operatorName: String, _ inputs: [String],
    _ attributes: [String: ONNXAttribute] = [:]
  ) throws(ONNXError.Problem) -> String {
    let output = unusedName("\(node.outputs[0])/\(role)")
    try take(output.utf8.count, of: 1)
    let proto = ONNXNodeProto.with {
      $0.name = "\(node.name)/\(role)"
      $0.opType = operatorName
      $0.input = inputs
      $0.output = [output]
      $0.attribute = attributes.map { $0.value.proto(named: $0.key) }
    }
    try importRewritten(ONNXNode(proto, operatorSet: Self.helperOperatorSet))
    return output
  }

  /// The set that helpers follow: arithmetic broadcasts as NumPy does, axes are attributes.
  private static let helperOperatorSet = 9

  /// The name of a value of these integers.
  mutating func integerHelper(_ node: ONNXNode, _ role: String, _ integers: [Int])
    throws(ONNXError.Problem) -> String
  {
    try take(integers.count, of: MemoryLayout<Double>.stride)
    return try defineHelper("\(node.outputs[0])/\(role)", .numbers(.integers(integers)))
  }

  /// The name of a value of these floats.
  mutating func floatHelper(_ node: ONNXNode, _ role: String, _ floats: Tensor)
    throws(ONNXError.Problem) -> String
  {
    try defineHelper("\(node.outputs[0])/\(role)", .constant(floats))
  }

  /// The name of a value of one float, which combines with values of any shape.
  mutating func floatHelper(_ node: ONNXNode, _ role: String, _ float: Float)
    throws(ONNXError.Problem) -> String
  {
    try floatHelper(node, role, Tensor(shape: [], elements: [float]))
  }

  /// The number of axes of a required input of a node.
  func rank(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Int {
    guard let shape = assumedShape(of: try feature(node, position)) else {
      throw .unsupported(
        "\(node.operatorName) of operator set \(node.operatorSet) of '\(node.inputs[position])', "
          + "whose number of axes is not known,")
    }
    return shape.count
  }
}
