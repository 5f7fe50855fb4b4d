import ConvolutionalNetworks

/// A graph on its way to becoming a network: what each name stands for, and the layers made so far.
///
/// The functions that import an operator read values through it and add layers or known values to it.
struct GraphImport {
  private(set) var layers: [Layer] = []
  private(set) var warnings: [String] = []
  private var values: [String: ImportedValue] = [:]
  /// Outputs that this package does not compute, by the node that would.
  private var unsupportedOutputs: [String: String] = [:]
  /// The names of the graph's values, which helpers must not take.
  private let valueNames: Set<String>
  /// How often nodes and the graph's outputs read each value.
  private let readCounts: [String: Int]
  private var layerNames: Set<String> = []
  /// Values that stand in the network as constants already.
  private var placedConstants: Set<String> = []
  /// The shapes that values have for inputs of the declared size and batch; guesses where sizes are free.
  private var assumedShapes: [String: [Int]] = [:]

  init(valueNames: Set<String>, readCounts: [String: Int]) {
    (self.valueNames, self.readCounts) = (valueNames, readCounts)
  }

  // MARK: Values

  /// Says what a name stands for.
  mutating func define(_ name: String, _ value: ImportedValue) throws(ONNXError.Problem) {
    guard !name.isEmpty else { return }
    guard values.updateValue(value, forKey: name) == nil else { throw .duplicateValue(name) }
  }

  /// Says which numbers a name stands for; known floats become a tensor.
  mutating func define(_ name: String, _ numbers: ShapeNumbers) throws(ONNXError.Problem) {
    if let array = numbers.constant, !numbers.isInteger {
      try define(name, .constant(Tensor(array)))
    } else {
      try define(name, .numbers(numbers))
    }
  }

  /// Marks the outputs of a node that its import left undefined.
  mutating func closeOutputs(of node: ONNXNode) {
    for output in node.outputs where !output.isEmpty && values[output] == nil {
      unsupportedOutputs[output] = node.name
    }
  }

  /// What a name stands for.
  func value(_ name: String) throws(ONNXError.Problem) -> ImportedValue {
    if let value = values[name] { return value }
    if let node = unsupportedOutputs[name] { throw .unsupportedOutput(name, of: node) }
    throw .undefinedValue(name)
  }

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
    if readCounts[name] == 1 { values[name] = nil }
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
    do throws(ShapeError) { return try array.integers() } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
  }

  /// All inputs of a node as operands of shape arithmetic; `nil` if the network has to run for one.
  func allNumbers(_ node: ONNXNode) throws(ONNXError.Problem) -> [ShapeNumbers]? {
    var result: [ShapeNumbers] = []
    for position in node.inputs.indices {
      guard let numbers = try value(node, position).numbers else { return nil }
      result.append(numbers)
    }
    return result
  }

  /// The shape of a value for inputs of the declared size, as far as it can be told.
  func assumedShape(of value: String) -> [Int]? { assumedShapes[value] }

  /// Takes a value to have a shape, unless that is too large to be computed with.
  mutating func assume(_ shape: [Int], of value: String) {
    if Self.isPlausible(shape) { assumedShapes[value] = shape }
  }

  /// Whether no product of extents overflows, even where an axis is empty.
  static func isPlausible(_ shape: [Int]) -> Bool {
    shape.reduce(1.0) { $0 * Double(max($1, 1)) } < 1e11
  }

  mutating func warn(_ warning: String) { warnings.append(warning) }

  // MARK: Layers

  /// The name under which a layer reads a required input of a node; a known one becomes a constant layer.
  mutating func feature(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> String {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    return try feature(node.inputs[position])
  }

  /// The name under which a layer reads a value; what is known, or will be
  /// with the sizes of the inputs, becomes a constant layer.
  mutating func feature(_ name: String) throws(ONNXError.Problem) -> String {
    let value = try value(name)
    if case .feature(let feature, _) = value { return feature }
    if placedConstants.insert(name).inserted {
      let operation: any LayerOperation =
        switch value {
        case .numbers(let numbers) where numbers.constant == nil:
          ShapeConstant(numbers.expression)
        default: Constant(value.tensor ?? Tensor(shape: [0]))
        }
      add(Layer(uniqueLayerName(name), operation, inputs: [], outputs: [name]))
    }
    return name
  }

  /// Adds the layer that a node becomes: it bears the node's name and writes its first outputs.
  ///
  /// - Parameter isInteger: whether the outputs are integers; like the node's first input unless given.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, _ inputs: [String], outputCount: Int = 1,
    isInteger: Bool? = nil
  ) throws(ONNXError.Problem) {
    guard node.outputs.count >= outputCount else {
      throw .unsupported("a node of \(node.outputs.count) outputs")
    }
    let inherited = try self.isInteger(node)
    let isInteger = isInteger ?? inherited
    let name = uniqueLayerName(node.name, orElse: node.outputs[0])
    let outputs = node.outputs.prefix(outputCount).enumerated().map { position, output in
      output.isEmpty ? "\(name)/output \(position)" : output
    }
    add(Layer(name, operation, inputs: inputs, outputs: outputs))
    for output in outputs { try define(output, .feature(output, isInteger: isInteger)) }
  }

  /// Adds the layer that a node becomes, and one after it that gives the result the shape of a value.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, _ inputs: [String], inShapeOf value: String
  ) throws(ONNXError.Problem) {
    let name = uniqueLayerName(node.name, orElse: node.outputs[0])
    let reshaping = uniqueLayerName("\(name)/reshaped", avoidingValues: true)
    let result = "\(reshaping)/input"
    add(Layer(name, operation, inputs: inputs, outputs: [result]))
    let shape = ShapeExpression.shape(of: value, start: 0, end: nil)
    let output = node.outputs[0]
    add(Layer(reshaping, Reshape(to: shape), inputs: [result], outputs: [output]))
    try define(output, .feature(output, isInteger: false))
  }

  /// Adds a layer that the node needs beside its own, and returns the value it writes.
  mutating func emitHelper(
    _ node: ONNXNode, _ role: String, _ operation: any LayerOperation, _ inputs: [String]
  ) -> String {
    let name = uniqueLayerName("\(node.name)/\(role)", avoidingValues: true)
    add(Layer(name, operation, inputs: inputs))
    return name
  }

  private mutating func add(_ layer: Layer) {
    layers.append(layer)
    guard let shapes = assumedOutputShapes(of: layer) else { return }
    for (value, shape) in zip(layer.outputs, shapes) { assume(shape, of: value) }
  }

  /// Where a shape is unknown or a rule broken nothing is assumed; the program reports it for the sizes
  /// that count.
  private func assumedOutputShapes(of layer: Layer) -> [[Int]]? {
    let shapes = assumedShapes
    let evaluator = ShapeExpression.Evaluator { name throws(ShapeError) in
      guard let shape = shapes[name] else { throw ShapeError("unknown") }
      return shape
    }
    let inputs = layer.inputs.compactMap { shapes[$0] }
    guard inputs.count == layer.inputs.count,
      let operation = try? layer.operation.resolved(evaluator)
    else { return nil }
    return try? operation.outputShapes(for: inputs, layout: .channelsFirst)
  }

  private mutating func uniqueLayerName(
    _ name: String, orElse second: String = "", avoidingValues: Bool = false
  ) -> String {
    func isFree(_ name: String) -> Bool {
      !name.isEmpty && !layerNames.contains(name) && !(avoidingValues && valueNames.contains(name))
    }
    var unique = isFree(name) || second.isEmpty ? name : second
    let stem = unique
    var number = 2
    while !isFree(unique) {
      unique = "\(stem)/\(number)"
      number += 1
    }
    layerNames.insert(unique)
    return unique
  }
}
