import ConvolutionalNetworks

/// A graph on its way to becoming a network: what each name stands for, and the layers made so far.
///
/// The functions that import an operator read values through it and add layers or known values to it.
struct GraphImport {
  /// The layers made so far, each after those that it reads.
  var layers: [Layer] = []
  var warnings = ImportWarnings()
  /// The memory that reading the file may still take.
  var budget: ReadingBudget
  /// Reads tensors, which may lie in files beside the graph's.
  var decoder: TensorDecoder
  /// What names stand for.
  var values: [String: ImportedValue] = [:]
  /// The nodes that are not computed.
  var unsupported: [(node: ONNXNode, problem: ONNXError.Problem)] = []
  /// Outputs that this package does not compute, by the node that would.
  var unsupportedOutputs: [String: String] = [:]
  /// The names of the graph's values, which helpers must not take.
  private let valueNames: Set<String>
  /// The names of the graph's outputs.
  private let outputNames: Set<String>
  /// How often nodes and the graph's outputs read each value.
  private let readCounts: [String: Int]
  var layerNames = LayerNames()
  /// Values that stand in the network as constants already.
  var placedConstants: Set<String> = []
  /// What is known of quantized values.
  var quantizedValues = QuantizedValues()
  /// Where maxima of a map lie in their channels, by the name of what says where they lie among all elements. Only the
  /// former fits a `Float` in any batch.
  var placesOfMaxima: [String: (places: String, map: String)] = [:]
  /// The shapes that values have for inputs of the declared size and batch; guesses where sizes are free.
  var assumed = KnownShapes()

  /// Whether an input leaves its batch open, so that no number in the file is the batch's unless it is 1.
  var hasFreeBatch = false

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

  // MARK: Costs

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

  // MARK: Values

  /// Says what a name stands for.
  mutating func define(_ name: String, _ value: ImportedValue) throws(ONNXError.Problem) {
    guard !name.isEmpty else { return }
    guard values.updateValue(value, forKey: name) == nil else { throw .duplicateValue(name) }
  }

  /// What a name stands for.
  func value(_ name: String) throws(ONNXError.Problem) -> ImportedValue {
    if let value = values[name] { return value }
    if let node = unsupportedOutputs[name] { throw .unsupportedOutput(name, of: node) }
    throw .undefinedValue(name)
  }

  /// Whether nothing else reads a value.
  func isReadOnce(_ name: String) -> Bool { readCounts[name] == 1 }

  /// Whether anything reads a value, as far as it can be told: readers within bodies are not counted.
  func isRead(_ name: String) -> Bool { readCounts[name] != nil || !valueNames.contains(name) }

  // MARK: Shapes

  /// The shape of a value for inputs of the declared size, as far as it can be told.
  func assumedShape(of value: String) -> [Int]? {
    if let shape = assumed.shapes[value] ?? values[value]?.constantShape { return shape }
    guard case .numbers(let numbers)? = values[value] else { return nil }
    return assumed.numbers(numbers.expression)?.shape
  }

  /// Shape arithmetic done for inputs of the declared size, as far as it can be.
  func assumedNumbers(_ numbers: ShapeNumbers) -> [Int]? {
    try? (numbers.constant ?? assumed.numbers(numbers.expression))?.integers()
  }

  /// Takes a value to have a shape, unless that is too large to be computed with.
  mutating func assume(_ shape: [Int], of value: String) { try? assumed.add(shape, of: value) }

  // MARK: Names

  /// The name of the layer that a node becomes. An output of the graph that another node writes keeps its name to itself.
  mutating func layerName(of node: ONNXNode) -> String {
    let isOthers = outputNames.contains(node.name) && !node.outputs.contains(node.name)
    return layerNames.unused(isOthers ? node.outputs[0] : node.name, orElse: node.outputs[0])
  }

  /// The name, or one like it, that neither a layer bears nor a value.
  mutating func unusedName(_ name: String) -> String {
    layerNames.unused(name) { valueNames.contains($0) || values[$0] != nil }
  }

  // MARK: Warnings

  mutating func warn(_ warning: String) { warnings.add(warning) }

  /// Warns of attributes that no import has asked for.
  mutating func warnOfUnreadAttributes(of node: ONNXNode) {
    for attribute in node.unreadAttributes {
      warn(
        "node '\(node.name)' (\(node.operatorName)): attribute '\(attribute)' is not known and ignored"
      )
    }
  }
}
