import ConvolutionalNetworks

// What operators on quantized numbers read.
extension GraphImport {
  /// The real numbers that a quantized input of a node stands for.
  mutating func realNumbers(_ node: ONNXNode, _ position: Int, on grid: QuantizationGrid)
    throws(ONNXError.Problem) -> ImportedValue
  {
    let name = node.inputs[position]
    if case .real(let real, let own, _) = quantizedValues[name], own == grid { return real }
    if var tensor = try knownIntegers(node, position) {
      try arithmetic { () throws(ShapeError) in try Dequantization(grid).apply(to: &tensor) }
      return .constant(tensor)
    }
    let real = try emitHelper(
      node, "dequantized input \(position)", Dequantization(grid), [try integers(name)])
    return .feature(real, isInteger: false)
  }

  /// The integers of an input that is known, to be changed; `nil` for one that the network computes.
  private mutating func knownIntegers(_ node: ONNXNode, _ position: Int)
    throws(ONNXError.Problem) -> Tensor?
  {
    let name = node.inputs[position]
    guard try value(name).isConstant else { return nil }
    guard quantizedValues.isReal(name),
      case .real(let real, let grid, let range) = quantizedValues[name],
      var tensor = real.tensor
    else {
      try countChanges(of: name)
      return try takeTensor(node, position)
    }
    try take(tensor.count)
    try arithmetic { () throws(ShapeError) in
      try Quantization(grid, range: range, result: .integers).apply(to: &tensor)
    }
    return tensor
  }

  /// Counts what a known value takes that is changed: nothing where it is floats that nothing else reads.
  private mutating func countChanges(of name: String) throws(ONNXError.Problem) {
    let value = try value(name)
    if value.isInteger || !isReadOnce(name) { try take(value.elementCount) }
  }

  /// The integers of a value without a zero point, which may be an input of the node.
  mutating func centeredIntegers(
    _ node: ONNXNode, _ position: Int, zeroPoint: Int, axis: Int
  ) throws(ONNXError.Problem) -> ImportedValue {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    let name = node.inputs[position]
    if case .dynamic(let centered, _, let zero) = quantizedValues[name],
      node.hasInput(zeroPoint), node.inputs[zeroPoint] == zero
    {
      return .feature(centered, isInteger: true)
    }
    if node.hasInput(zeroPoint), case .feature(let zero, _) = try value(node, zeroPoint) {
      let integers = try integers(name)
      let centered = try emitHelper(
        node, "centered input \(position)", Arithmetic(.subtract), [integers, zero])
      return .feature(centered, isInteger: true)
    }
    let zeros = try optionalTensor(node, zeroPoint) ?? Tensor(shape: [], elements: [0])
    if case .feature = try value(name), !zeros.elements.contains(where: { $0 != 0 }) {
      return .feature(try integers(name), isInteger: true)
    }
    let ones = Tensor(shape: zeros.shape, repeating: 1)
    return try realNumbers(
      node, position, on: grid(ones, zeros, axis: axis, described: name))
  }

  /// The name under which layers read a value's integers.
  private mutating func integers(_ name: String) throws(ONNXError.Problem) -> String {
    guard quantizedValues.isReal(name) else { return try feature(name) }
    guard case .real(.feature(let real, _), let grid, let range) = quantizedValues[name] else {
      return try feature(name)
    }
    return try addHelper(
      "\(name)/integers", Quantization(grid, range: range, result: .integers), [real])
  }

  /// A tensor of integers as the graph has them.
  func integers(_ tensor: Tensor) throws(ONNXError.Problem) -> ImportedValue {
    let integers = try arithmetic { () throws(ShapeError) in
      try NumberArray(tensor).rounded(to: .integer)
    }
    return .numbers(ShapeNumbers(integers, isInteger: true))
  }
}
