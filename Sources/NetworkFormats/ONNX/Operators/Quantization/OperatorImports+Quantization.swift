import ConvolutionalNetworks

/// The ways from real numbers to integers and back.
extension OperatorImports {
  static let quantizations: [String: OperatorImport] = [
    "QuantizeLinear": quantization, "DequantizeLinear": dequantization,
  ]

  private static func quantization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    // How 8-bit floats would overflow, in which precision is divided, and the result's type, which is known.
    _ = try (node.flag("saturate"), node.int("precision"), node.int("output_dtype"))
    let grid = try grid(&graph, node)
    try graph.emitQuantized(node, try graph.value(node, 0), on: grid)
  }

  private static func dequantization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    _ = try node.int("output_dtype")
    guard node.hasInput(0) else { throw .missingInput(position: 0) }
    if case .feature(let scale, _) = try graph.value(node, 1) {
      return try dequantization(&graph, node, scale: scale)
    }
    let real = try graph.realNumbers(node, 0, on: grid(&graph, node))
    guard case .feature(let feature, _) = real else {
      return try graph.define(node.outputs[0], real)
    }
    try graph.emit(node, Identity(kind: "DequantizeLinear"), [feature], isInteger: false)
  }

  /// With a scale that the network computes.
  private static func dequantization(
    _ graph: inout GraphImport, _ node: ONNXNode, scale: String
  ) throws(ONNXError.Problem) {
    let centered = try graph.centeredIntegers(node, 0, zeroPoint: 2, axis: 1)
    guard case .feature(let integers, _) = centered else { throw .notConstant(node.inputs[1]) }
    try graph.emit(node, Arithmetic(.multiply), [integers, scale], isInteger: false)
  }

  private static func grid(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> QuantizationGrid
  {
    let length = try node.int("block_size", default: 0)
    guard length >= 0 else { throw .invalidAttribute("block_size", reason: "\(length)") }
    return try graph.grid(
      node, QuantizationInputs(1, 2), axis: try node.int("axis", default: 1), blockLength: length)
  }
}
