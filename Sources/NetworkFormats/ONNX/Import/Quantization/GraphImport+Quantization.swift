import ConvolutionalNetworks

/// Where a node has the scale and the zero point of one of its values.
struct QuantizationInputs {
  let scale: Int
  let zeroPoint: Int

  init(_ scale: Int, _ zeroPoint: Int) { (self.scale, self.zeroPoint) = (scale, zeroPoint) }
}

extension GraphImport {
  // MARK: Grids

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

  // MARK: Operands

  /// The real numbers that a quantized input of a node stands for.
  mutating func realNumbers(_ node: ONNXNode, _ position: Int, on grid: QuantizationGrid)
    throws(ONNXError.Problem) -> ImportedValue
  {
    let name = node.inputs[position]
    if case .real(let real, let own, _) = quantizedValues[name], own == grid { return real }
    if try integerValue(name).tensor != nil {
      return .constant(try realNumbers(known: node, position, on: grid))
    }
    let real = try emitHelper(
      node, "dequantized input \(position)", Dequantization(grid), [try integers(name)])
    return .feature(real, isInteger: false)
  }

  /// The same of an input that is known, in the place of its integers where nothing else reads them.
  private mutating func realNumbers(
    known node: ONNXNode, _ position: Int, on grid: QuantizationGrid
  ) throws(ONNXError.Problem) -> Tensor {
    let name = node.inputs[position]
    var tensor: Tensor
    if quantizedValues.isReal(name) {
      tensor = try integerValue(name).tensor ?? Tensor(shape: [0])
    } else {
      // Floats that nothing else reads are changed in their place.
      let value = try value(name)
      if value.isInteger || !isReadOnce(name) { try take(value.elementCount) }
      tensor = try takeTensor(node, position)
    }
    do throws(ShapeError) { try Dequantization(grid).apply(to: &tensor) } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
    return tensor
  }

  /// The integers of a value without a zero point, which may be an input of the node.
  mutating func centeredIntegers(
    _ node: ONNXNode, _ position: Int, zeroPoint: Int, axis: Int
  ) throws(ONNXError.Problem) -> ImportedValue {
    guard node.hasInput(position) else { throw .missingInput(position: position) }
    let name = node.inputs[position]
    if case .dynamic(let centered, _, let zero) = quantizedValues[name],
      node.hasInput(zeroPoint), node.inputs[zeroPoint] == zero
    {
      return .feature(centered, isInteger: true)
    }
    if node.hasInput(zeroPoint), case .feature(let zero, _) = try value(node, zeroPoint) {
      let integers = try integers(name)
      let centered = try emitHelper(
        node, "centered input \(position)", Arithmetic(.subtract), [integers, zero])
      return .feature(centered, isInteger: true)
    }
    let zeros = try optionalTensor(node, zeroPoint) ?? Tensor(shape: [], elements: [0])
    if case .feature = try value(name), !zeros.elements.contains(where: { $0 != 0 }) {
      return .feature(try integers(name), isInteger: true)
    }
    let ones = Tensor(shape: zeros.shape, repeating: 1)
    return try realNumbers(
      node, position, on: grid(ones, zeros, axis: axis, described: name))
  }

  /// The value as integers: a known one, or the layer that makes them.
  private mutating func integerValue(_ name: String) throws(ONNXError.Problem) -> ImportedValue {
    let value = try value(name)
    guard quantizedValues.isReal(name),
      case .real(let real, let grid, let range) = quantizedValues[name],
      var tensor = real.tensor
    else { return value }
    try take(tensor.count)
    do throws(ShapeError) {
      try Quantization(grid, range: range, result: .integers).apply(to: &tensor)
    } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
    return .constant(tensor)
  }

  /// The name under which layers read a value's integers.
  private mutating func integers(_ name: String) throws(ONNXError.Problem) -> String {
    guard quantizedValues.isReal(name) else { return try feature(name) }
    guard case .real(.feature(let real, _), let grid, let range) = quantizedValues[name] else {
      return try feature(name)
    }
    return try addHelper(
      "\(name)/integers", Quantization(grid, range: range, result: .integers), [real])
  }

  /// A tensor of integers as the graph has them.
  func integers(_ tensor: Tensor) throws(ONNXError.Problem) -> ImportedValue {
    do throws(ShapeError) {
      return .numbers(
        ShapeNumbers(try NumberArray(tensor).rounded(to: .integer), isInteger: true))
    } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
  }

  // MARK: Results

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
      do throws(ShapeError) {
        try Quantization(grid, range: range, result: result).apply(to: &tensor)
      } catch {
        throw .shapeArithmetic(reason: error.reason)
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
