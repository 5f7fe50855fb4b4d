/// The types of numbers that the values of a graph hold, as far as it tells.
///
/// Quantization saturates at the ends of a type, which is known by a zero point's type alone.
struct ElementTypes {
  private var types: [String: ONNXTensorProto.DataType] = [:]

  /// The type of a value; `nil` where nothing tells.
  func type(of value: String) -> ONNXTensorProto.DataType? { types[value] }

  /// Says which type a value has, by its number in a file; 0 says nothing.
  mutating func set(_ value: String, _ code: some BinaryInteger) {
    let type = Int(exactly: code).flatMap(ONNXTensorProto.DataType.init(rawValue:))
    types[value] = type == .undefined ? nil : type
  }

  /// Says which types a node makes, once those of its inputs are known.
  mutating func add(_ node: ONNXNode) throws(ONNXError.Problem) {
    for (position, output) in node.outputs.enumerated() where !output.isEmpty {
      types[output] = try type(of: node, output: position)
    }
  }

  /// The type that a node makes.
  func type(of node: ONNXNode, output: Int) throws(ONNXError.Problem) -> ONNXTensorProto.DataType? {
    func input(_ position: Int) -> ONNXTensorProto.DataType? {
      node.hasInput(position) ? types[node.inputs[position]] : nil
    }
    func declared(_ attribute: String) throws(ONNXError.Problem) -> ONNXTensorProto.DataType? {
      // The first operator sets wrote types by name.
      guard node.operatorSet >= 6 || attribute != "to" else { return nil }
      let type = try node.int(attribute).flatMap(ONNXTensorProto.DataType.init(rawValue:))
      return type == .undefined ? nil : type
    }
    switch node.operatorName {
    case "Cast": return try declared("to")
    case "CastLike": return input(1)
    case "Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "And", "Or", "Xor", "Not",
      "IsNaN", "IsInf":
      return .bool
    case "Shape", "Size", "ArgMax", "ArgMin", "NonZero": return .int64
    case "TopK" where output == 1: return .int64
    case "Where": return input(1)
    case "OneHot": return input(2)
    case "DynamicQuantizeLinear": return output == 1 ? .float : .uint8
    case "QuantizeLinear": return try declared("output_dtype") ?? input(2) ?? .uint8
    default:
      // An operator without a zero point has its input's type.
      let zeroPoint = QuantizedOperator.output(of: node.operatorName)?.zeroPoint
      return zeroPoint.flatMap(input) ?? input(0)
    }
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
