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
  /// The nodes that are not computed.
  private(set) var unsupported: [(node: ONNXNode, problem: ONNXError.Problem)] = []
  /// Outputs that this package does not compute, by the node that would.
  private var unsupportedOutputs: [String: String] = [:]
  /// The names of the graph's values, which helpers must not take.
  private let valueNames: Set<String>
  /// The names of the graph's outputs.
  private let outputNames: Set<String>
  /// How often nodes and the graph's outputs read each value.
  private let readCounts: [String: Int]
  private var layerNames: Set<String> = []
  /// The number that the next layer of a name gets that is taken already.
  private var nextNumbers: [String: Int] = [:]
  /// Values that stand in the network as constants already.
  private var placedConstants: Set<String> = []
  /// What is known of quantized values.
  var quantizedValues = QuantizedValues()
  /// The shapes that values have for inputs of the declared size and batch; guesses where sizes are free.
  private var assumed = KnownShapes()

  /// Whether an input leaves its batch open, so that no number in the file is the batch's unless it is 1.
  var hasFreeBatch = false

  /// The most warnings that are kept.
  private static let mostWarnings = 100
  private var isSilent = false
  /// The multiplications done so far to fold what is known.
  private var multiplyAdds = 0
  /// The most of them: a file may describe more than anyone could wait for.
  private static let mostMultiplyAdds = 1 << 34

  init(
    valueNames: Set<String>, outputNames: Set<String>, readCounts: [String: Int],
    decoder: TensorDecoder, budget: ReadingBudget
  ) {
    (self.valueNames, self.outputNames, self.readCounts) = (valueNames, outputNames, readCounts)
    (self.decoder, self.budget) = (decoder, budget)
  }

  // MARK: Memory

  /// Counts `count` numbers of `stride` bytes, `Float`s unless told otherwise, before they are allocated.
  mutating func take(_ count: Int, of stride: Int = MemoryLayout<Float>.stride)
    throws(ONNXError.Problem)
  {
    try budget.counting(count, of: stride)
  }

  /// Counts multiplications before they are done.
  mutating func countMultiplyAdds(_ count: Int) throws(ONNXError.Problem) {
    multiplyAdds = multiplyAdds.addingClamped(count)
    guard multiplyAdds <= Self.mostMultiplyAdds else {
      throw .shapeArithmetic(
        reason:
          "computing what is constant takes more than \(Self.mostMultiplyAdds) multiplications")
    }
  }

  /// The value of a tensor in the file, under the name that nodes read it by; what only quantized operators read is floats.
  mutating func decode(_ tensor: ONNXTensorProto, as name: String)
    throws(ONNXError.Problem) -> ImportedValue
  {
    quantizedValues.types.set(name, tensor.dataType)
    return quantizedValues.readsAsFloats(name)
      ? .constant(try decoder.decodeIntegersAsFloats(tensor, &budget))
      : try decode(tensor)
  }

  /// The value of a tensor in the file.
  mutating func decode(_ tensor: ONNXTensorProto) throws(ONNXError.Problem) -> ImportedValue {
    try decoder.decode(tensor, &budget)
  }

  /// The value of a tensor whose bytes lie in a file.
  mutating func decode(_ tensor: ONNXTensorProto, storedAt place: Range<Int>, of file: FileBytes)
    throws(ONNXError.Problem) -> ImportedValue
  {
    quantizedValues.types.set(tensor.name, tensor.dataType)
    return quantizedValues.readsAsFloats(tensor.name)
      ? .constant(
        try decoder.decodeIntegersAsFloats(tensor, storedAt: place, of: file, &budget))
      : try decoder.decode(tensor, storedAt: place, of: file, &budget)
  }

  // MARK: Values

  /// Says what a name stands for.
  mutating func define(_ name: String, _ value: ImportedValue) throws(ONNXError.Problem) {
    guard !name.isEmpty else { return }
    guard values.updateValue(value, forKey: name) == nil else { throw .duplicateValue(name) }
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

  /// Whether nothing else reads a value.
  func isReadOnce(_ name: String) -> Bool { readCounts[name] == 1 }

  /// Takes back what a name stands for, which nothing reads any longer.
  mutating func forget(_ name: String) { values[name] = nil }

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

  /// The shape of a value for inputs of the declared size, as far as it can be told.
  func assumedShape(of value: String) -> [Int]? {
    assumed.shapes[value] ?? values[value]?.constantShape
  }

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

  /// The name under which an operation reads a required input of a node.
  func feature(_ node: ONNXNode, _ position: Int) throws(ONNXError.Problem) -> String {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    return try feature(node.inputs[position])
  }

  /// The name under which an operation reads a value.
  func feature(_ name: String) throws(ONNXError.Problem) -> String {
    if case .feature(let feature, _) = try value(name) { feature } else { name }
  }

  /// The name under which an output of the network hands out a value.
  mutating func output(_ name: String) throws(ONNXError.Problem) -> String {
    let feature = try feature(name)
    try place(feature)
    return feature
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
    try add(Layer(uniqueLayerName(name), operation, inputs: [], outputs: [name]))
  }

  private mutating func tensor(of numbers: ShapeNumbers) throws(ONNXError.Problem) -> Tensor {
    guard let array = numbers.constant else { return Tensor(shape: [0]) }
    try take(array.numbers.count)
    return Tensor(array)
  }

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
    let reshaping = uniqueLayerName("\(name)/reshaped", avoidingValues: true)
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

  private mutating func defineHelper(_ name: String, _ value: ImportedValue)
    throws(ONNXError.Problem) -> String
  {
    let name = unusedName(name, avoidingValues: true)
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

  /// Takes back the layers that a node made before it turned out that it is not supported.
  mutating func takeBack(
    _ node: ONNXNode, layersFrom position: Int, unsupportedFrom first: Int
  ) {
    for layer in layers[position...] {
      layerNames.remove(layer.name)
      for value in layer.outputs {
        placedConstants.remove(value)
        if case .feature = values[value] { values[value] = nil }
      }
    }
    layers.removeSubrange(position...)
    for output in node.outputs { values[output] = nil }
    // Nodes of its body among them.
    unsupported.removeSubrange(first...)
  }

  /// Keeps a node as a layer that is not computed, since only what depends on it needs it.
  mutating func leaveOut(_ node: ONNXNode, because problem: ONNXError.Problem)
    throws(ONNXError.Problem)
  {
    warn("node '\(node.name)' (\(node.operatorName)): \(problem)")
    unsupported.append((node, problem))
    let operation = UnsupportedOperation(kind: node.operatorName, reason: "\(problem)")
    let inputs = node.inputs.compactMap { name in
      if case .feature(let feature, _) = values[name] { feature } else { nil }
    }
    let outputs = node.outputs.filter { !$0.isEmpty && values[$0] == nil }
    guard !outputs.isEmpty else { return }
    let name = uniqueLayerName(node.name, orElse: outputs[0])
    try add(Layer(name, operation, inputs: inputs, outputs: outputs))
    for output in outputs { try define(output, .feature(output, isInteger: false)) }
  }

  /// Whether nothing that depends on an input can be computed.
  var isWhollyUnsupported: Bool {
    guard !unsupported.isEmpty else { return false }
    enum State: Int { case constant, computed, unsupported }
    var states: [String: State] = [:]
    for layer in layers {
      // What no layer writes is an input of the network.
      let read = layer.inputs.map { states[$0] ?? .computed }
      var state = read.max { $0.rawValue < $1.rawValue } ?? .constant
      if layer.operation is UnsupportedOperation { state = .unsupported }
      if state == .computed { return false }
      for output in layer.outputs { states[output] = state }
    }
    return true
  }

  /// Adds a layer beside those of nodes, under this name or a like one, and returns the value it writes.
  mutating func addHelper(
    _ name: String, _ operation: any LayerOperation, _ inputs: [String]
  ) throws(ONNXError.Problem) -> String {
    let name = uniqueLayerName(name, avoidingValues: true)
    // One node may need many layers, each with a name as long as the node's.
    try take(name.utf8.count, of: 1)
    try add(Layer(name, operation, inputs: inputs))
    return name
  }

  private func operands(_ names: [String]) -> [ImportedValue] {
    names.map { values[$0] ?? .feature($0, isInteger: false) }
  }

  private mutating func add(_ layer: Layer) throws(ONNXError.Problem) {
    let isLayer =
      layer.operation is any ArrangedOperation || layer.operation is ShapeConstant
      || layer.operation is UnsupportedOperation
    guard isLayer else {
      throw .unsupported("\(layer.operation.kind) of values that the network computes")
    }
    for input in layer.inputs { try place(input) }
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

  /// The name of the layer that a node becomes. An output of the graph that another node writes keeps its name to itself.
  private mutating func layerName(of node: ONNXNode) -> String {
    let isOthers = outputNames.contains(node.name) && !node.outputs.contains(node.name)
    return uniqueLayerName(isOthers ? node.outputs[0] : node.name, orElse: node.outputs[0])
  }

  private mutating func uniqueLayerName(
    _ name: String, orElse second: String = "", avoidingValues: Bool = false
  ) -> String {
    let unique = unusedName(name, orElse: second, avoidingValues: avoidingValues)
    layerNames.insert(unique)
    return unique
  }

  /// The name, or one like it that no layer bears, nor a value where those count.
  private mutating func unusedName(
    _ name: String, orElse second: String = "", avoidingValues: Bool = false
  ) -> String {
    func isFree(_ name: String) -> Bool {
      !name.isEmpty && !layerNames.contains(name)
        && !(avoidingValues && (valueNames.contains(name) || values[name] != nil))
    }
    var unique = isFree(name) || second.isEmpty ? name : second
    let stem = unique
    var number = nextNumbers[stem] ?? 2
    while !isFree(unique) {
      unique = "\(stem)/\(number)"
      number += 1
    }
    if unique != stem { nextNumbers[stem] = number }
    return unique
  }
}
