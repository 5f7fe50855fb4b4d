// What operations that arrange elements anew make of exact numbers.

extension ViewOperation {
  /// The same numbers under another shape.
  fileprivate func reshaped(_ operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let shape = try outputShapes(for: [operands[0].shape], layout: .channelsFirst)[0]
    return [NumberArray(shape: shape, numbers: operands[0].numbers)]
  }
}

extension Identity: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    try reshaped(operands)
  }
}

extension Reshape: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    try reshaped(operands)
  }
}

extension Flatten: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    try reshaped(operands)
  }
}

extension Squeeze: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    try reshaped(operands)
  }
}

extension Unsqueeze: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    try reshaped(operands)
  }
}

extension Transpose: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let shape = try outputShapes(for: [operand.shape], layout: .channelsFirst)[0]
    let strides = NumberArray.strides(of: operand.shape)
    let turned = axes(rank: shape.count).map { strides[$0] }
    return [
      NumberArray(shape: shape, numbers: operand.strided(extents: shape, strides: turned))
    ]
  }
}

extension Concatenation: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let shape = try outputShapes(for: operands.map(\.shape), layout: .channelsFirst)[0]
    let axis = try normalizedAxis(axis, rank: shape.count)
    var result: [Double] = []
    result.reserveCapacity(try NumberArray.count(of: shape))
    for outer in 0..<shape[..<axis].reduce(1, *) {
      for operand in operands {
        let run = operand.shape[axis...].reduce(1, *)
        result += operand.numbers[(outer * run)..<((outer + 1) * run)]
      }
    }
    return [NumberArray(shape: shape, numbers: result)]
  }
}

extension Expand: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    [operands[0].broadcast(to: try filledShape(operands[0].shape))]
  }

  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    Int(elementsOf: try filledShape(operands[0].shape)) ?? .max
  }

  /// The shape of the result. Unlike a value of a network it may be empty.
  private func filledShape(_ operand: [Int]) throws(ShapeError) -> [Int] {
    let shape = try ShapeExpression.Evaluator.constants.integers(shape)
    guard shape.allSatisfy({ $0 >= 0 }) else { throw ShapeError("\(shape) is no shape to fill") }
    return try broadcastShape(operand, shape)
  }
}

extension Tile: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let shape = try outputShapes(for: [operand.shape], layout: .channelsFirst)[0]
    // Each axis with one of extent 1 before it, which is stretched.
    let apart = operand.shape.flatMap { [1, $0] }
    let stretched = zip(operand.shape, shape).flatMap { [$0 == 0 ? 1 : $1 / $0, $0] }
    let tiles = NumberArray(shape: apart, numbers: operand.numbers).broadcast(to: stretched)
    return [NumberArray(shape: shape, numbers: tiles.numbers)]
  }
}
