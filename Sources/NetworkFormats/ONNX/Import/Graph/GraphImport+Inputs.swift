import ConvolutionalNetworks

/// What the inputs of a node stand for.
extension GraphImport {
  /// What a required input of a node stands for.
  func value(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> ImportedValue {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    return try value(node.inputs[position])
  }

  /// Whether the first input of a node holds integers.
  func isInteger(_ node: ONNXNode) throws(ONNXError.Problem) -> Bool {
    try value(node, 0).isInteger
  }

  /// A required input that must be known.
  func tensor(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Tensor {
    guard let tensor = try value(node, position).tensor else {
      throw .notConstant(node.inputs[position])
    }
    return tensor
  }

  /// The same, which the graph holds no longer where nothing else reads it: what is made of it needs no memory of its own
  /// then.
  mutating func takeTensor(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Tensor {
    let tensor = try tensor(node, position)
    let name = node.inputs[position]
    if isReadOnce(name) { values[name] = nil }
    return tensor
  }

  /// An optional input that must be known if it is given.
  func optionalTensor(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Tensor? {
    node.hasInput(position) ? try tensor(node, position) : nil
  }

  /// An optional input of one number that must be known if it is given.
  func optionalNumber(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Float? {
    guard let tensor = try optionalTensor(node, position), tensor.count > 0 else { return nil }
    guard tensor.count == 1 else {
      throw .unsupported("an array of shape \(tensor.shape) as '\(node.inputs[position])'")
    }
    return tensor.elements[0]
  }

  /// An optional input that shapes may be computed from.
  func numbers(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> ShapeNumbers? {
    guard node.hasInput(position) else { return nil }
    guard let numbers = try value(node, position).numbers else {
      throw .notConstant(node.inputs[position])
    }
    return numbers
  }

  /// An optional input of integers that must be known if it is given.
  func integers(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> [Int]? {
    guard let numbers = try numbers(node, position) else { return nil }
    guard let array = numbers.constant else { throw .notConstant(node.inputs[position]) }
    return try arithmetic { () throws(ShapeError) in try array.integers() }
  }

  /// Whether a condition is met. One that depends on the sizes of the inputs is decided by those that the file declares.
  mutating func condition(_ name: String) throws(ONNXError.Problem) -> Bool {
    guard let numbers = try value(name).numbers else {
      throw .unsupported("a choice by what the network computes ('\(name)')")
    }
    if let number = numbers.constant?.numbers.first { return number != 0 }
    guard let number = assumed.numbers(numbers.expression)?.numbers.first else {
      throw .notConstant(name)
    }
    warn(
      "condition '\(name)' depends on the sizes of the inputs: what the file's own sizes choose is read"
    )
    return number != 0
  }

  /// Whether the condition is met that an input of a node is.
  mutating func condition(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> Bool {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    return try condition(node.inputs[position])
  }

  /// The name under which an operation reads a required input of a node.
  func feature(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> String {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    return try feature(node.inputs[position])
  }

  /// The name under which an operation reads a value.
  func feature(_ name: String) throws(ONNXError.Problem) -> String {
    if case .feature(let feature, _) = try value(name) { feature } else { name }
  }
}
