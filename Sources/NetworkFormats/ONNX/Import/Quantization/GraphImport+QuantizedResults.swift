import ConvolutionalNetworks

// What operators on quantized numbers make.
extension GraphImport {
  /// Adds the layer that rounds what a node computes, or says what its output is.
  mutating func emitQuantized(
    _ node: ONNXNode, _ input: ImportedValue, on grid: QuantizationGrid
  ) throws(ONNXError.Problem) {
    let output = node.outputs[0]
    let range = try quantizedRange(node)
    // What moves elements would have to move their scales too.
    let reads = quantizedValues.integerReads
    let needsIntegers =
      reads.contains(output) || (grid.granularity != .tensor && reads.moves(output))
    if var tensor = input.tensor {
      try take(tensor.count)
      let result: Quantization.Result = needsIntegers ? .integers : .realNumbers
      try arithmetic { () throws(ShapeError) in
        try Quantization(grid, range: range, result: result).apply(to: &tensor)
      }
      guard !needsIntegers else {
        try take(tensor.count, of: MemoryLayout<Double>.stride)
        return try define(output, integers(tensor))
      }
      try define(output, .constant(tensor))
      quantizedValues.set(
        output, .real(.constant(tensor), grid, range: range), isReal: true)
      return
    }
    guard case .feature(let feature, _) = input else { throw .unsupported("rounding a shape") }
    if needsIntegers {
      let real = try emitHelper(
        node, "dequantized", Quantization(grid, range: range), [feature])
      try emit(
        node, Quantization(grid, range: range, result: .integers), [real], isInteger: true)
      quantizedValues.set(
        output, .real(.feature(real, isInteger: false), grid, range: range), isReal: false)
    } else {
      try emit(node, Quantization(grid, range: range), [feature], isInteger: false)
      quantizedValues.set(
        output, .real(.feature(output, isInteger: false), grid, range: range), isReal: true)
    }
  }

  /// Says that the outputs of a node which only moves elements stand for real numbers as its input does.
  mutating func passOnQuantization(_ node: ONNXNode) throws(ONNXError.Problem) {
    guard IntegerReads.moves(node.operatorName), node.hasInput(0),
      quantizedValues.isReal(node.inputs[0]),
      case .real(_, let grid, let range) = quantizedValues[node.inputs[0]],
      grid.granularity == .tensor
    else { return }
    for output in node.outputs {
      guard let value = try? value(output) else { continue }
      quantizedValues.set(output, .real(value, grid, range: range), isReal: true)
    }
  }
}
