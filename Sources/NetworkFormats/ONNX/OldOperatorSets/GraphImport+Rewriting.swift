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
    let output = try helperValue(node, role)
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
    let name = try helperValue(node, role)
    try take(integers.count, of: MemoryLayout<Double>.stride)
    try define(name, .numbers(.integers(integers)))
    return name
  }

  /// The name of a value of these floats.
  mutating func floatHelper(_ node: ONNXNode, _ role: String, _ floats: Tensor)
    throws(ONNXError.Problem) -> String
  {
    let name = try helperValue(node, role)
    try define(name, .constant(floats))
    return name
  }

  /// The name of a value of one float, which combines with values of any shape.
  mutating func floatHelper(_ node: ONNXNode, _ role: String, _ float: Float)
    throws(ONNXError.Problem) -> String
  {
    try floatHelper(node, role, Tensor(shape: [], elements: [float]))
  }

  private mutating func helperValue(_ node: ONNXNode, _ role: String) throws(ONNXError.Problem)
    -> String
  {
    let name = unusedValueName("\(node.outputs[0])/\(role)")
    try take(name.utf8.count, of: 1)
    return name
  }

  /// The number of axes of a required input of a node.
  func rank(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Int {
    let value = try value(node, position)
    let rank =
      switch value {
      case .feature(let feature, _): assumedShape(of: feature)?.count
      default: value.tensor?.rank
      }
    guard let rank else {
      throw .unsupported(
        "\(node.operatorName) of operator set \(node.operatorSet) of '\(node.inputs[position])', "
          + "whose number of axes is not known,")
    }
    return rank
  }
}
