import ConvolutionalNetworks

/// Where a node has the scale and the zero point of one of its values.
struct QuantizationInputs {
  let scale: Int
  let zeroPoint: Int

  init(_ scale: Int, _ zeroPoint: Int) { (self.scale, self.zeroPoint) = (scale, zeroPoint) }
}

extension GraphImport {
  /// The grid that inputs of a node describe.
  ///
  /// - Parameter axis: along which several scales are laid out.
  mutating func grid(
    _ node: ONNXNode, _ inputs: QuantizationInputs, axis: Int, blockLength: Int = 0
  )
    throws(ONNXError.Problem) -> QuantizationGrid
  {
    let scale = try tensor(node, inputs.scale)
    let zeroPoint = try optionalTensor(node, inputs.zeroPoint)
    return try grid(
      scale, zeroPoint, axis: axis, blockLength: blockLength,
      described: node.inputs[inputs.scale])
  }

  /// The grid of these scales and zero points.
  mutating func grid(
    _ scale: Tensor, _ zeroPoint: Tensor?, axis: Int, blockLength: Int = 0, described name: String
  ) throws(ONNXError.Problem) -> QuantizationGrid {
    // Zero points of its own.
    try take(scale.count)
    var zeroPoint = zeroPoint
    if let single = zeroPoint, single.count == 1, scale.count > 1 {
      zeroPoint = Tensor(shape: scale.shape, repeating: single.elements[0])
    }
    guard zeroPoint.map({ $0.count == scale.count }) ?? true else {
      throw .unsupported("'\(name)' of another shape than its zero point")
    }
    if scale.count == 1 {
      return QuantizationGrid(
        scale: scale.reshaped(to: []), zeroPoint: zeroPoint?.reshaped(to: []))
    }
    if blockLength > 0 {
      return QuantizationGrid(
        scale: scale, zeroPoint: zeroPoint?.reshaped(to: scale.shape),
        granularity: .blocks(length: blockLength, axis: axis))
    }
    guard scale.shape.filter({ $0 != 1 }).count == 1 else {
      throw .unsupported("an array of shape \(scale.shape) as the scale '\(name)'")
    }
    return QuantizationGrid(
      scale: scale.reshaped(to: [scale.count]),
      zeroPoint: zeroPoint?.reshaped(to: [scale.count]), granularity: .axis(axis))
  }

  /// The integers that the output of a node can be.
  func quantizedRange(_ node: ONNXNode) throws(ONNXError.Problem) -> ClosedRange<Int> {
    let type = try quantizedValues.types.type(of: node, output: 0)
    guard let type else { throw .unsupported("a zero point of a type that is not known") }
    guard let range = type.quantizedRange else { throw .unsupported("quantization to \(type)") }
    return range
  }
}
