extension ArrayOperation {
  /// The most numbers that the operation may hold at a time besides its operands: known before any is made.
  package func cost(of operands: [NumberArray]) -> Int {
    let read = operands.reduce(0) { $0.addingClamped($1.numbers.count) }
    func operand(_ position: Int) -> NumberArray {
      operands.indices.contains(position) ? operands[position] : NumberArray([])
    }
    switch self {
    case .fill: return Self.clampedProduct(operand(0).numbers)
    case .tile:
      return Self.clampedProduct(operand(1).numbers + [Double(operand(0).numbers.count)])
    case .range:
      let bounds = operands.compactMap(\.numbers.first)
      guard bounds.count == 3 else { return 0 }
      return Self.clamped(((bounds[1] - bounds[0]) / bounds[2]).rounded(.up))
    case .gather(let axis):
      let shape = operand(0).shape
      guard let axis = try? normalizedAxis(axis, rank: shape.count) else { return 0 }
      let others = shape.indices.filter { $0 != axis }.map { Double(shape[$0]) }
      return Self.clampedProduct(others + [Double(operand(1).numbers.count)])
    case .equal, .choose, .add, .subtract, .multiply, .divide, .maximum, .minimum, .power,
      .divideIntegers, .modulo:
      // Both sides are spread out to the common shape.
      var shape: [Int] = []
      for operand in operands {
        guard let common = try? broadcastShape(shape, operand.shape) else { return 0 }
        shape = common
      }
      return Self.clampedProduct(shape.map(Double.init) + [Double(operands.count + 1)])
    case .reduce: return 3 * read
    case .concatenate, .unsqueeze, .squeeze, .slice, .reshape, .floor, .ceil, .negate, .function,
      .truncate, .extents, .product:
      return read
    }
  }

  private static func clampedProduct(_ numbers: [Double]) -> Int {
    clamped(numbers.reduce(1) { $0 * max($1, 0) })
  }

  private static func clamped(_ number: Double) -> Int {
    // What is no number is no size either, as the operation itself tells.
    number.isNaN ? 0 : Int(min(max(number, 0), 0x1p60))
  }
}
