import ConvolutionalNetworks

extension GraphImport {
  /// The result of an operation of shape arithmetic, computed at once where all operands are known.
  mutating func computed(
    _ operation: ArrayOperation, _ operands: [ShapeNumbers], isInteger: Bool
  ) throws(ONNXError.Problem) -> ShapeNumbers {
    var known: [NumberArray] = []
    for operand in operands {
      guard let array = operand.constant else {
        let numbers = ShapeNumbers(operation, of: operands, isInteger: isInteger)
        return numbers.isLong ? try layer(making: numbers) : numbers
      }
      known.append(array)
    }
    // What is computed is kept as long as the graph is imported.
    try take(operation.cost(of: known), of: MemoryLayout<Double>.stride)
    do throws(ShapeError) {
      return ShapeNumbers(try operation.apply(to: known), isInteger: isInteger)
    } catch {
      throw .shapeArithmetic(reason: error.reason)
    }
  }

  /// Numbers that a layer of its own makes, for all who use them.
  private mutating func layer(making numbers: ShapeNumbers) throws(ONNXError.Problem)
    -> ShapeNumbers
  {
    let value = try emitHelper("shape arithmetic", ShapeConstant(numbers.expression), [])
    return ShapeNumbers(madeBy: value, isInteger: numbers.isInteger)
  }
}
