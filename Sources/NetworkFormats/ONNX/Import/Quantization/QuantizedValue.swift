import ConvolutionalNetworks

/// What a quantized value of the graph stands for.
enum QuantizedValue {
  /// Real numbers on a grid, and the integers that there are.
  case real(ImportedValue, QuantizationGrid, range: ClosedRange<Int>)
  /// Integers with a scale and a zero point that are found for each picture: `centered` is the integers without the zero
  /// point.
  case dynamic(centered: String, scale: String, zeroPoint: String)
}

/// What is known of the quantized values of a graph while it is imported.
struct QuantizedValues {
  /// The types of the values that are known so far.
  var types = ElementTypes()
  /// The values that are needed as integers.
  let integerReads: IntegerReads
  /// What quantized values stand for, by name.
  private var values: [String: QuantizedValue] = [:]
  /// The values that stand in `GraphImport` for their real numbers, not for integers.
  private var realNames: Set<String> = []

  /// Those of a graph without nodes.
  init() { integerReads = IntegerReads() }

  init(_ graph: ONNXGraphProto) {
    integerReads = IntegerReads(graph)
    for input in graph.input { types.set(input.name, input.type.tensorType.elemType) }
  }

  /// What a value stands for; `nil` where it is not quantized, or not known to be.
  subscript(name: String) -> QuantizedValue? { values[name] }

  /// Says what a value stands for.
  ///
  /// - Parameter isReal: whether the graph's value of that name is the real numbers.
  mutating func set(_ name: String, _ value: QuantizedValue, isReal: Bool) {
    values[name] = value
    if isReal { realNames.insert(name) }
  }

  /// Whether the graph's value of that name is real numbers in place of integers.
  func isReal(_ name: String) -> Bool { realNames.contains(name) }

  /// Whether a tensor of the file is wanted as floats: small integers that only quantized operators read.
  func readsAsFloats(_ name: String) -> Bool {
    guard !integerReads.contains(name), let type = types.type(of: name) else { return false }
    return type == .int32 || type.quantizedRange != nil
  }
}
