// What operations that take parts of a value make of exact numbers.

extension Gather: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let shape = try outputShapes(for: [operand.shape], layout: .channelsFirst)[0]
    let axis = try normalizedAxis(axis, rank: operand.shape.count)
    let extent = operand.shape[axis]
    let inner = operand.shape[(axis + 1)...].reduce(1, *)
    let places = try places(extent: extent)
    var result: [Double] = []
    result.reserveCapacity(try NumberArray.count(of: shape))
    for outer in 0..<operand.shape[..<axis].reduce(1, *) {
      for place in places {
        let first = (outer * extent + place) * inner
        result += operand.numbers[first..<(first + inner)]
      }
    }
    return [NumberArray(shape: shape, numbers: result)]
  }
}

extension Slice: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let ranges = try ranges(for: operand.shape)
    let strides = NumberArray.strides(of: operand.shape)
    let start = ranges.indices.reduce(0) { $0 + ranges[$1].start * strides[$1] }
    let extents = ranges.map(\.count)
    let steps = ranges.indices.map { ranges[$0].step * strides[$0] }
    return [
      NumberArray(
        shape: extents, numbers: operand.strided(extents: extents, strides: steps, from: start))
    ]
  }
}

extension Split: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let axis = try normalizedAxis(axis, rank: operand.shape.count)
    let strides = NumberArray.strides(of: operand.shape)
    var start = 0
    return try outputShapes(for: [operand.shape], layout: .channelsFirst).map { shape in
      defer { start += shape[axis] * strides[axis] }
      return NumberArray(
        shape: shape, numbers: operand.strided(extents: shape, strides: strides, from: start))
    }
  }
}
