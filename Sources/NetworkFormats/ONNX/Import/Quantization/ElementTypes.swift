import ConvolutionalNetworks

/// The types of numbers that the values of a graph are declared or known to hold.
///
/// Quantization saturates at the ends of a type, which is known by a zero point's type alone.
struct ElementTypes {
  private var types: [String: ONNXTensorProto.DataType] = [:]
  /// Values that have the type of another.
  private var models: [String: String] = [:]

  /// Types of none.
  init() {}

  init(_ graph: ONNXGraphProto) {
    for input in graph.input {
      types[input.name] = ONNXTensorProto.DataType(rawValue: Int(input.type.tensorType.elemType))
    }
    for tensor in graph.initializer {
      types[tensor.name] = ONNXTensorProto.DataType(rawValue: Int(tensor.dataType))
    }
    for node in graph.node { add(node) }
  }

  private mutating func add(_ node: ONNXNodeProto) {
    func attribute(_ name: String) -> ONNXAttributeProto? {
      node.attribute.first { $0.name == name }
    }
    func code(_ name: String) -> ONNXTensorProto.DataType? {
      attribute(name).flatMap { ONNXTensorProto.DataType(rawValue: Int($0.i)) }
    }
    func input(_ position: Int) -> String? {
      position < node.input.count && !node.input[position].isEmpty ? node.input[position] : nil
    }
    for (position, output) in node.output.enumerated() where !output.isEmpty {
      switch node.opType {
      case "Constant":
        types[output] = attribute("value").flatMap {
          ONNXTensorProto.DataType(rawValue: Int($0.t.dataType))
        }
      case "Cast": types[output] = code("to")
      case "DynamicQuantizeLinear": types[output] = position == 1 ? .float : .uint8
      case "QuantizeLinear":
        // No type, 0, is as good as none.
        let type = code("output_dtype").flatMap { $0 == .undefined ? nil : $0 }
        if let type { types[output] = type } else if let zero = input(2) { models[output] = zero }
        if type == nil, input(2) == nil { types[output] = .uint8 }
      default:
        let position = QuantizedOperator.output(of: node.opType)?.zeroPoint
        models[output] = position.flatMap(input) ?? input(0)
      }
    }
  }

  /// The type of a value; `nil` where nothing tells.
  func type(of value: String) -> ONNXTensorProto.DataType? {
    var value = value
    var seen: Set<String> = []
    while seen.insert(value).inserted {
      if let type = types[value] { return type }
      guard let model = models[value] else { return nil }
      value = model
    }
    return nil
  }
}

extension ONNXTensorProto.DataType {
  /// The integers that numbers are quantized to; `nil` for other types.
  var quantizedRange: ClosedRange<Int>? {
    switch self {
    case .uint2: 0...3
    case .int2: -2...1
    case .uint4: 0...15
    case .int4: -8...7
    case .uint8: 0...255
    case .int8: -128...127
    case .uint16: 0...65_535
    case .int16: -32_768...32_767
    default: nil
    }
  }
}
