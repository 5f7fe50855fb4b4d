extension ArrayOperation {
  /// The numbers that the operation makes of `operands`.
  ///
  /// - Throws: `ShapeError` naming the rule that the operands break.
  package func apply(to operands: [NumberArray]) throws(ShapeError) -> NumberArray {
    guard operandCount.contains(operands.count) else {
      throw ShapeError("\(self) of \(operands.count) operands")
    }
    switch self {
    case .gather(let axis): return try operands[0].gathering(operands[1], axis: axis)
    case .concatenate(let axis): return try NumberArray.joining(operands, axis: axis)
    case .slice: return try operands[0].sliced(operands.dropFirst().map { .constant($0) })
    case .range: return try NumberArray.counting(operands.map { $0.numbers })
    case .fill(let number): return try NumberArray.filled(try operands[0].integers(), with: number)
    case .unsqueeze(let axes): return try operands[0].reshaped(by: Unsqueeze(axes: axes))
    case .squeeze(let axes): return try operands[0].reshaped(by: Squeeze(axes: axes))
    case .reshape: return try operands[0].reshaped(by: Reshape(to: .constant(operands[1])))
    case .tile: return try operands[0].tiled(operands[1])
    case .equal: return try operands[0].combined(with: operands[1]) { $0 == $1 ? 1 : 0 }
    case .choose: return try operands[0].choosing(operands[1], operands[2])
    case .add: return try operands[0].combined(with: operands[1]) { $0 + $1 }
    case .subtract: return try operands[0].combined(with: operands[1]) { $0 - $1 }
    case .multiply: return try operands[0].combined(with: operands[1]) { $0 * $1 }
    case .divide: return try operands[0].combined(with: operands[1]) { $0 / $1 }
    case .maximum: return try operands[0].combined(with: operands[1]) { max($0, $1) }
    case .minimum: return try operands[0].combined(with: operands[1]) { min($0, $1) }
    case .power: return try operands[0].raised(to: operands[1])
    case .divideIntegers:
      guard !operands[1].numbers.contains(0) else { throw ShapeError("an integer divided by 0") }
      return try operands[0].combined(with: operands[1]) { ($0 / $1).rounded(.towardZero) }
    case .modulo:
      guard !operands[1].numbers.contains(0) else { throw ShapeError("a number modulo 0") }
      return try operands[0].combined(with: operands[1]) { $0 - ($0 / $1).rounded(.down) * $1 }
    case .floor: return operands[0].mapped { $0.rounded(.down) }
    case .ceil: return operands[0].mapped { $0.rounded(.up) }
    case .function(let function): return operands[0].mapped(function)
    case .negate: return operands[0].mapped { -$0 }
    case .truncate: return operands[0].mapped { $0.rounded(.towardZero) }
    case .reduce(let reduction): return try operands[0].reduced(by: reduction)
    case .extents: return NumberArray(operands[0].shape)
    case .product: return NumberArray(shape: [], numbers: [operands[0].numbers.reduce(1, *)])
    }
  }

  private var operandCount: ClosedRange<Int> {
    switch self {
    case .concatenate: 1...Int.max
    case .slice: 3...5
    case .range, .choose: 3...3
    case .gather, .reshape, .tile, .equal, .add, .subtract, .multiply, .divide, .maximum, .minimum,
      .power, .divideIntegers, .modulo:
      2...2
    case .unsqueeze, .squeeze, .floor, .ceil, .negate, .truncate, .function, .reduce, .extents,
      .product,
      .fill:
      1...1
    }
  }
}
