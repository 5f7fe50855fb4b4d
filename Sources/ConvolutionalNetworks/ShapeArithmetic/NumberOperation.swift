/// An operation that shape arithmetic is made of: besides what it makes of tensors it says what it makes of numbers in
/// double precision, which hold every extent exactly.
///
/// An operation that does not conform is computed by a program of one layer in single precision: see
/// `LayerOperation.numbers(of:)`.
public protocol NumberOperation: LayerOperation {
  /// What the operation makes of `operands`, all of whose numbers count as real ones: the expression that it stands in
  /// rounds them to the type of the result. No shape arithmetic is left in the operation.
  ///
  /// - Throws: `ShapeError` naming the rule that the operands break.
  func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray]

  /// The most numbers that the results may have, known before any is made.
  func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int
}

extension NumberOperation {
  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    try resultCount(of: operands.map(\.shape))
  }
}

extension LayerOperation {
  /// The number of elements of all results, from the rule of their shapes.
  package func resultCount(of shapes: [[Int]]) throws(ShapeError) -> Int {
    var count = 0
    for shape in try outputShapes(for: shapes, layout: .channelsFirst) {
      guard shape.allSatisfy({ $0 >= 0 }) else { throw ShapeError("a result of shape \(shape)") }
      count = count.addingClamped(Int(elementsOf: shape) ?? .max)
    }
    return count
  }

  /// The most numbers that `numbers(of:)` makes besides its operands, known before any is made.
  package func numberCost(of operands: [NumberArray]) throws(ShapeError) -> Int {
    guard inputCount.contains(operands.count) else {
      throw ShapeError("\(kind) of \(operands.count) operands")
    }
    let read = operands.reduce(0) { $0.addingClamped($1.numbers.count) }
    let made =
      if let exact = self as? any NumberOperation {
        try exact.numberCount(of: operands)
      } else {
        try resultCount(of: operands.map(\.shape))
      }
    return read.addingClamped(made)
  }

  /// What the operation makes of numbers: by itself where it is a `NumberOperation`, else by a program of one layer.
  ///
  /// - Throws: `ShapeError` naming the rule that the operands break, and for integers that single precision does not hold
  ///   where a program is needed.
  package func numbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    if let exact = self as? any NumberOperation { return try exact.exactNumbers(of: operands) }
    var tensors: [Tensor] = []
    for operand in operands {
      let tensor = Tensor(operand)
      guard zip(tensor.elements, operand.numbers).allSatisfy({ Double($0) == $1 }) else {
        throw ShapeError("\(kind) of numbers that single precision does not hold")
      }
      tensors.append(tensor)
    }
    return try results(of: tensors).map { NumberArray($0) }
  }
}
