import ConvolutionalNetworks

// Whatever depends on numbers of the file alone is computed once, by the operation itself; what depends on the sizes of
// the inputs too becomes shape arithmetic of the same operations.
extension GraphImport {
  /// What an operation makes of `operands`; `nil` where a layer has to, because the network computes one of them.
  mutating func folded(
    _ operation: any LayerOperation, _ operands: [ImportedValue], outputCount: Int, isInteger: Bool
  ) throws(ONNXError.Problem) -> [ImportedValue]? {
    guard !operands.isEmpty, operands.allSatisfy(\.isKnown) else { return nil }
    // Rules of shapes count on as many inputs as the operation reads.
    guard operation.inputCount.contains(operands.count) else {
      throw .unsupported("\(operation.kind) of \(operands.count) values")
    }
    if operation.valuesWhoseShapesMatter.isEmpty, operands.allSatisfy(\.isConstant) {
      return try results(of: operation, operands, isInteger: isInteger)
    }
    guard Self.isArithmetic(operands) else { return nil }
    var results: [ImportedValue] = []
    for output in 0..<outputCount {
      let numbers = ShapeNumbers(
        operation, of: operands.compactMap(\.numbers), output: output, isInteger: isInteger)
      results.append(.numbers(numbers.isLong ? try layer(making: numbers) : numbers))
    }
    return results
  }

  /// Whether numbers that are not known yet are shape arithmetic. Else they are weights, such as an embedding of positions
  /// that is resized: a layer makes them, which has a kernel.
  private static func isArithmetic(_ operands: [ImportedValue]) -> Bool {
    let largest = operands.allSatisfy(\.isConstant) ? 1 : mostNumbers
    return operands.allSatisfy { operand in
      if case .constant(let tensor) = operand { tensor.count <= largest } else { true }
    }
  }

  /// The most floats that are computed as numbers: a program computes more of them faster.
  private static let mostNumbers = 1 << 12

  /// The results of an operation whose operands are all known.
  private mutating func results(
    of operation: any LayerOperation, _ operands: [ImportedValue], isInteger: Bool
  ) throws(ONNXError.Problem) -> [ImportedValue] {
    let operation = try arithmetic { () throws(ShapeError) in try operation.resolved(.constants) }
    let tensors = operands.compactMap { operand in
      if case .constant(let tensor) = operand { tensor } else { nil }
    }
    guard !isInteger, tensors.count == operands.count, !isShort(operation, tensors) else {
      let type: ShapeExpression.NumberType = isInteger ? .integer : .float
      let arrays = operands.compactMap(\.numbers?.constant)
      return try numbers(of: operation, arrays, type).map { array in
        isInteger
          ? .numbers(ShapeNumbers(array, isInteger: true)) : .constant(Tensor(array))
      }
    }
    return try results(of: operation, tensors).map { .constant($0) }
  }

  /// Whether an operation on floats is so short that a program for it would take longer.
  private func isShort(_ operation: any LayerOperation, _ tensors: [Tensor]) -> Bool {
    guard operation is any NumberOperation else { return false }
    let made = (try? operation.resultCount(of: tensors.map(\.shape))) ?? 0
    return tensors.reduce(made) { $0.addingClamped($1.count) } <= Self.mostNumbers
  }

  private mutating func numbers(
    of operation: any LayerOperation, _ operands: [NumberArray], _ type: ShapeExpression.NumberType
  ) throws(ONNXError.Problem) -> [NumberArray] {
    let cost = try arithmetic { () throws(ShapeError) in try operation.numberCost(of: operands) }
    // What is computed is kept as long as the graph is imported.
    try take(cost, of: MemoryLayout<Double>.stride)
    return try arithmetic { () throws(ShapeError) in
      var results: [NumberArray] = []
      for result in try operation.numbers(of: operands) {
        results.append(try result.rounded(to: type))
      }
      return results
    }
  }

  private mutating func results(of operation: any LayerOperation, _ operands: [Tensor])
    throws(ONNXError.Problem) -> [Tensor]
  {
    let shapes = operands.map(\.shape)
    let results = try arithmetic { () throws(ShapeError) in
      try operation.outputShapes(for: shapes, layout: .channelsFirst)
    }
    guard results.allSatisfy({ $0.count <= KnownShapes.mostAxes }) else {
      throw .shapeArithmetic(reason: "a shape of \(KnownShapes.mostAxes + 1) axes or more")
    }
    if operation is any ViewOperation { return [operands[0].reshaped(to: results[0])] }
    let count = try arithmetic { () throws(ShapeError) in try operation.resultCount(of: shapes) }
    try take(count)
    if let transpose = operation as? Transpose {
      return [operands[0].transposed(transpose.axes(rank: shapes[0].count))]
    }
    try countMultiplyAdds(operation.multiplyAdds(inputs: shapes, outputs: results))
    // The program holds all of them once more, and about as much for itself.
    let held = operands.reduce(count) { $0.addingClamped($1.count) }.floatBytes
    try take(held.addingClamped(held), of: 1)
    defer { budget.release(held.addingClamped(held)) }
    return try arithmetic { () throws(ShapeError) in try operation.results(of: operands) }
  }

  /// The shape of a value, as far as it is known.
  mutating func shape(of value: ImportedValue) throws(ONNXError.Problem) -> ShapeNumbers {
    switch value {
    case .feature(let feature, _): return ShapeNumbers(shapeOf: feature)
    case .constant(let tensor): return .integers(tensor.shape)
    case .numbers(let numbers):
      let shape = try folded(Extents(), [value], outputCount: 1, isInteger: true)?[0].numbers
      return shape ?? numbers
    }
  }

  /// Numbers that a layer of its own makes, for all who use them.
  private mutating func layer(making numbers: ShapeNumbers) throws(ONNXError.Problem)
    -> ShapeNumbers
  {
    let value = try addHelper("shape arithmetic", ShapeConstant(numbers.expression), [])
    return ShapeNumbers(madeBy: value, isInteger: numbers.isInteger)
  }

  /// What a rule of shapes gives, whose errors are the file's.
  func arithmetic<Result>(_ body: () throws(ShapeError) -> Result)
    throws(ONNXError.Problem) -> Result
  {
    do throws(ShapeError) { return try body() } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
  }
}
