import ConvolutionalNetworks

/// The operators on trial that made tensors of known numbers.
extension OldOperatorSets {
  static func givenTensorFill(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let values = try node.floats("values") ?? []
    let shape = try filledShape(&graph, node)
    guard shape.product == values.count else {
      throw .dataCount(
        tensor: node.outputs[0], expected: shape.product ?? .max, actual: values.count)
    }
    try graph.take(values.count)
    try graph.define(node.outputs[0], .constant(Tensor(shape: shape, elements: values)))
  }

  static func constantFill(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try node.require("dtype", toBe: ONNXTensorProto.DataType.float.rawValue)
    let shape = try filledShape(&graph, node)
    guard shape.product != nil else {
      throw .invalidShape(tensor: node.outputs[0], extents: shape)
    }
    let value = try node.float("value", default: 0)
    var filled = try graph.budget.tensor(shape, named: node.outputs[0])
    filled.withUnsafeMutableBufferPointer { $0.update(repeating: value) }
    try graph.define(node.outputs[0], .constant(filled))
  }

  /// The shape of a filled tensor: an attribute, the input's, or what the input says, and perhaps more extents.
  private static func filledShape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> [Int]
  {
    var shape: [Int]
    if !node.hasInput(0) {
      shape = try node.ints("shape") ?? []
    } else if try node.flag("input_as_shape") {
      shape = try graph.integers(node, 0) ?? []
    } else {
      shape = try graph.tensor(node, 0).shape
    }
    shape += try node.ints("extra_shape") ?? []
    guard shape.count <= KnownShapes.mostAxes, shape.allSatisfy({ (0...1 << 32).contains($0) })
    else {
      throw .invalidShape(
        tensor: node.outputs[0], extents: Array(shape.prefix(KnownShapes.mostAxes)))
    }
    return shape
  }
}

extension [Int] {
  /// The product; `nil` where it is too large for an integer.
  fileprivate var product: Int? {
    var product = 1
    for factor in self {
      let (result, overflows) = product.multipliedReportingOverflow(by: factor)
      if overflows { return nil }
      product = result
    }
    return product
  }
}
