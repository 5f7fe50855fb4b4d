import ConvolutionalNetworks

// Arithmetic on shapes that importing an operator takes, whose results may depend on sizes that are not known yet.
extension GraphImport {
  /// The extents of some axes of a value, a vector.
  mutating func extents(of name: String, _ axes: Range<Int>) throws(ONNXError.Problem)
    -> ImportedValue
  {
    let value = try value(name)
    if case .feature(let feature, _) = value {
      return .numbers(ShapeNumbers(shapeOf: feature, start: axes.lowerBound, end: axes.upperBound))
    }
    return try part(of: .numbers(try shape(of: value)), axes)
  }

  /// What an operation makes of integers that are known once sizes are.
  mutating func arithmetic(_ operation: any LayerOperation, _ operands: [ImportedValue])
    throws(ONNXError.Problem) -> ImportedValue
  {
    guard let results = try folded(operation, operands, outputCount: 1, isInteger: true) else {
      throw .shapeArithmetic(reason: "\(operation.kind) of what the network computes")
    }
    return results[0]
  }

  /// Numbers that are known once sizes are, as an operation holds them.
  func expression(_ value: ImportedValue) throws(ONNXError.Problem) -> ShapeExpression {
    guard let numbers = value.numbers else {
      throw .shapeArithmetic(reason: "a shape that the network computes")
    }
    return numbers.expression
  }

  /// Some numbers of a vector.
  mutating func part(of vector: ImportedValue, _ range: Range<Int>)
    throws(ONNXError.Problem) -> ImportedValue
  {
    let slice = Slice(starts: .constant([range.lowerBound]), ends: .constant([range.upperBound]))
    return try arithmetic(slice, [vector])
  }
}
