import ConvolutionalNetworks

/// The layers of the network.
extension GraphImport {
  /// The name under which an output of the network hands out a value.
  mutating func output(_ name: String) throws(ONNXError.Problem) -> String {
    let feature = try feature(name)
    try place(feature)
    return feature
  }

  /// Adds a layer beside those of nodes, under this name or a like one, and returns the value it writes.
  mutating func addHelper(
    _ name: String, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(ONNXError.Problem) -> String {
    let name = unusedName(name)
    // One node may need many layers, each with a name as long as the node's.
    try take(name.utf8.count, of: 1)
    try add(Layer(name, operation, inputs: inputs))
    return name
  }

  /// Adds a layer, and before it the constants that it reads.
  mutating func add(_ layer: Layer) throws(ONNXError.Problem) {
    let isLayer =
      layer.operation is any ArrangedOperation || layer.operation is ShapeConstant
      || layer.operation is UnsupportedOperation
    guard isLayer else {
      throw .unsupported("\(layer.operation.kind) of values that the network computes")
    }
    layerNames.insert(layer.name)
    for input in layer.inputs { try place(input) }
    try take(Self.layerSize, of: 1)
    // Each layer looks at its numbers anew, though many may share them.
    let numbers = layer.operation.expressions.reduce(0) { $0 + $1.constantCount }
    try take(numbers, of: MemoryLayout<Double>.stride)
    layers.append(layer)
    guard let shapes = assumedOutputShapes(of: layer) else { return }
    for (value, shape) in zip(layer.outputs, shapes) { assume(shape, of: value) }
  }

  /// Adds the layer that makes a known value, unless it is there.
  private mutating func place(_ name: String) throws(ONNXError.Problem) {
    guard let value = values[name], value.isKnown, placedConstants.insert(name).inserted else {
      return
    }
    let operation: any LayerOperation =
      switch value {
      case .numbers(let numbers) where numbers.constant == nil: ShapeConstant(numbers.expression)
      case .numbers(let numbers): Constant(try tensor(of: numbers))
      default: Constant(value.tensor ?? Tensor(shape: [0]))
      }
    try add(Layer(layerNames.unused(name), operation, inputs: [], outputs: [name]))
  }

  private mutating func tensor(of numbers: ShapeNumbers) throws(ONNXError.Problem) -> Tensor {
    guard let array = numbers.constant else { return Tensor(shape: [0]) }
    try take(array.numbers.count)
    return Tensor(array)
  }

  /// The bytes that a layer takes without its weights and its name, more or less.
  private static let layerSize = 256

  /// Where a shape is unknown or a rule broken nothing is assumed; the program reports it for the sizes
  /// that count.
  private mutating func assumedOutputShapes(of layer: Layer) -> [[Int]]? {
    let inputs = layer.inputs.compactMap { assumed.shapes[$0] }
    guard inputs.count == layer.inputs.count, let operation = try? assumed.resolve(layer),
      operation.inputCount.contains(inputs.count)
    else { return nil }
    return try? operation.outputShapes(for: inputs, layout: .channelsFirst)
  }
}
