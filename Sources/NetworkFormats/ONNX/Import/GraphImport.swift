internal import CFVFiles
import ConvolutionalNetworks

/// A graph on its way to becoming a network: what each name stands for, and the layers made so far.
///
/// The functions that import an operator read values through it and add layers or known values to it.
struct GraphImport {
  private(set) var layers: [Layer] = []
  private(set) var warnings: [String] = []
  /// The memory that reading the file may still take.
  var budget: ReadingBudget
  /// Reads tensors, which may lie in files beside the graph's.
  private var decoder: TensorDecoder
  private var values: [String: ImportedValue] = [:]
  /// Outputs that this package does not compute, by the node that would.
  private var unsupportedOutputs: [String: String] = [:]
  /// The names of the graph's values, which helpers must not take.
  private let valueNames: Set<String>
  /// How often nodes and the graph's outputs read each value.
  private let readCounts: [String: Int]
  private var layerNames: Set<String> = []
  /// The number that the next layer of a name gets that is taken already.
  private var nextNumbers: [String: Int] = [:]
  /// Values that stand in the network as constants already.
  private var placedConstants: Set<String> = []
  /// The shapes that values have for inputs of the declared size and batch; guesses where sizes are free.
  private var assumed = KnownShapes()

  /// Whether an input leaves its batch open, so that no number in the file is the batch's unless it is 1.
  var hasFreeBatch = false

  /// The most warnings that are kept.
  private static let mostWarnings = 100
  private var isSilent = false

  init(
    valueNames: Set<String>, readCounts: [String: Int], decoder: TensorDecoder,
    budget: ReadingBudget
  ) {
    (self.valueNames, self.readCounts) = (valueNames, readCounts)
    (self.decoder, self.budget) = (decoder, budget)
  }

  // MARK: Memory

  /// Counts `count` numbers of `stride` bytes, `Float`s unless told otherwise, before they are allocated.
  mutating func take(_ count: Int, of stride: Int = MemoryLayout<Float>.stride)
    throws(ONNXError.Problem)
  {
    try budget.counting(count, of: stride)
  }

  /// The value of a tensor in the file.
  mutating func decode(_ tensor: ONNXTensorProto) throws(ONNXError.Problem) -> ImportedValue {
    try decoder.decode(tensor, &budget)
  }

  /// The value of a tensor whose bytes lie in a file.
  mutating func decode(_ tensor: ONNXTensorProto, storedAt place: Range<Int>, of file: FileBytes)
    throws(ONNXError.Problem) -> ImportedValue
  {
    try decoder.decode(tensor, storedAt: place, of: file, &budget)
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
      try take(array.numbers.count)
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

  /// A name like this one that no value of the graph has.
  func unusedValueName(_ stem: String) -> String {
    var name = stem
    var number = 2
    while valueNames.contains(name) || values[name] != nil {
      name = "\(stem)/\(number)"
      number += 1
    }
    return name
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
    // Constants of any size become operands only if all inputs do.
    for position in node.inputs.indices {
      if case .feature = try value(node, position) { return nil }
    }
    var result: [ShapeNumbers] = []
    for position in node.inputs.indices {
      guard let numbers = try value(node, position).numbers else { return nil }
      result.append(numbers)
    }
    return result
  }

  /// The shape of a value for inputs of the declared size, as far as it can be told.
  func assumedShape(of value: String) -> [Int]? { assumed.shapes[value] }

  /// Takes a value to have a shape, unless that is too large to be computed with.
  mutating func assume(_ shape: [Int], of value: String) { try? assumed.add(shape, of: value) }

  /// Warns of attributes that no import has asked for.
  mutating func warnOfUnreadAttributes(of node: ONNXNode) {
    for attribute in node.unreadAttributes {
      warn(
        "node '\(node.name)' (\(node.operatorName)): attribute '\(attribute)' is not known and ignored"
      )
    }
  }

  mutating func warn(_ warning: String) {
    guard warnings.count < Self.mostWarnings else {
      if !isSilent { warnings.append("there is more like that") }
      isSilent = true
      return
    }
    warnings.append(String(warning.prefix(1000)))
  }

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
        case .numbers(let numbers):
          Constant(try tensor(of: numbers))
        default: Constant(value.tensor ?? Tensor(shape: [0]))
        }
      try add(Layer(uniqueLayerName(name), operation, inputs: [], outputs: [name]))
    }
    return name
  }

  private mutating func tensor(of numbers: ShapeNumbers) throws(ONNXError.Problem) -> Tensor {
    guard let array = numbers.constant else { return Tensor(shape: [0]) }
    try take(array.numbers.count)
    return Tensor(array)
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
    try add(Layer(name, operation, inputs: inputs, outputs: outputs))
    for output in outputs { try define(output, .feature(output, isInteger: isInteger)) }
  }

  /// Adds the layer that a node becomes, and one after it that gives the result the shape of a value.
  mutating func emit(
    _ node: ONNXNode, _ operation: any LayerOperation, _ inputs: [String], inShapeOf value: String
  ) throws(ONNXError.Problem) {
    let name = uniqueLayerName(node.name, orElse: node.outputs[0])
    let reshaping = uniqueLayerName("\(name)/reshaped", avoidingValues: true)
    let result = "\(reshaping)/input"
    try add(Layer(name, operation, inputs: inputs, outputs: [result]))
    let shape = ShapeExpression.shape(of: value, start: 0, end: nil)
    let output = node.outputs[0]
    try add(Layer(reshaping, Reshape(to: shape), inputs: [result], outputs: [output]))
    try define(output, .feature(output, isInteger: false))
  }

  /// Adds a layer that the node needs beside its own, and returns the value it writes.
  mutating func emitHelper(
    _ node: ONNXNode, _ role: String, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(ONNXError.Problem) -> String {
    try emitHelper("\(node.name)/\(role)", operation, inputs)
  }

  /// Adds a layer beside those of nodes, under this name or a like one, and returns the value it writes.
  mutating func emitHelper(
    _ name: String, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(ONNXError.Problem) -> String {
    let name = uniqueLayerName(name, avoidingValues: true)
    // One node may need many layers, each with a name as long as the node's.
    try take(name.utf8.count, of: 1)
    try add(Layer(name, operation, inputs: inputs))
    return name
  }

  private mutating func add(_ layer: Layer) throws(ONNXError.Problem) {
    try take(Self.layerSize, of: 1)
    // Each layer looks at its numbers anew, though many may share them.
    let numbers = layer.operation.expressions.reduce(0) { $0 + $1.constantCount }
    try take(numbers, of: MemoryLayout<Double>.stride)
    layers.append(layer)
    guard let shapes = assumedOutputShapes(of: layer) else { return }
    for (value, shape) in zip(layer.outputs, shapes) { assume(shape, of: value) }
  }

  /// The bytes that a layer takes without its weights and its name, more or less.
  private static let layerSize = 256

  /// Where a shape is unknown or a rule broken nothing is assumed; the program reports it for the sizes
  /// that count.
  private mutating func assumedOutputShapes(of layer: Layer) -> [[Int]]? {
    let inputs = layer.inputs.compactMap { assumed.shapes[$0] }
    guard inputs.count == layer.inputs.count, let operation = try? assumed.resolve(layer) else {
      return nil
    }
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
    var number = nextNumbers[stem] ?? 2
    while !isFree(unique) {
      unique = "\(stem)/\(number)"
      number += 1
    }
    if unique != stem { nextNumbers[stem] = number }
    layerNames.insert(unique)
    return unique
  }
}
