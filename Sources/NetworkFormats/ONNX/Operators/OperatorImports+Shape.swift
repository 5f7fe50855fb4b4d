import ConvolutionalNetworks

/// Operators that compute shapes, never features.
extension OperatorImports {
  static let shapes: [String: OperatorImport] = [
    "Shape": shape, "Size": size, "ConstantOfShape": constantOfShape, "Range": range,
  ]

  private static func shape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let start = try node.int("start", default: 0)
    let end = try node.int("end")
    let value = try graph.value(node, 0)
    if case .feature(let feature, _) = value {
      let extents = ShapeNumbers(shapeOf: feature, start: start, end: end)
      return try graph.define(node.outputs[0], .numbers(extents))
    }
    let slice = Slice(starts: .constant([start]), ends: .constant([end ?? Int.max]))
    try graph.emit(node, slice, of: [.numbers(try graph.shape(of: value))], isInteger: true)
  }

  private static func size(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let shape = try graph.shape(of: graph.value(node, 0))
    try graph.emit(
      node, Reduction(.product, axes: nil, keepsAxes: false), of: [.numbers(shape)], isInteger: true
    )
  }

  /// A shape filled with one number.
  private static func constantOfShape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try graph.numbers(node, 0) else { throw .missingInput(position: 0) }
    var number = ImportedValue.constant(Tensor(shape: [], elements: [0]))
    if let tensor = try node.tensor("value") {
      let value = try graph.decode(tensor)
      guard value.constantShape?.reduce(1, *) == 1 else {
        throw .invalidAttribute("value", reason: "it must be one number")
      }
      number = value
    }
    // The number may have an axis, which a shape without axes has not.
    let filled = Expand(to: shape.expression)
    let scalar = try graph.folded(
      Reshape(to: []), [number], outputCount: 1, isInteger: number.isInteger)
    try graph.emit(node, filled, of: scalar ?? [number], isInteger: number.isInteger)
  }

  private static func range(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var bounds: [ImportedValue] = []
    for position in 0..<3 {
      guard let bound = try graph.numbers(node, position) else {
        throw .missingInput(position: position)
      }
      bounds.append(.numbers(bound))
    }
    try graph.emit(
      node, NumberRange(), of: bounds, isInteger: bounds.allSatisfy(\.isInteger))
  }
}
