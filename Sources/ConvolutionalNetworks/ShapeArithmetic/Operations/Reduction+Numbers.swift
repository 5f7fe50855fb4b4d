extension Reduction: NumberOperation {
  public func exactNumbers(of operands: [NumberArray]) throws(ShapeError) -> [NumberArray] {
    let operand = operands[0]
    let result = try outputShapes(for: [operand.shape], layout: .channelsFirst)[0]
    let axes = try reducedAxes(rank: operand.shape.count)
    let kept = operand.shape.indices.map { axes.contains($0) ? 1 : operand.shape[$0] }
    let count = try NumberArray.count(of: kept)
    // For each number the position of the one it becomes part of.
    let parts = NumberArray(shape: kept, numbers: (0..<count).map(Double.init))
      .broadcast(to: operand.shape).numbers
    var folded = [Double](repeating: `operator`.ofNothing, count: count)
    for (number, part) in zip(operand.numbers, parts) {
      let position = Int(part)
      folded[position] = `operator`.fold(folded[position], number)
    }
    let share = axes.reduce(1) { $0 * operand.shape[$1] }
    return [
      NumberArray(shape: result, numbers: folded.map { `operator`.finish($0, count: share) })
    ]
  }

  /// Two numbers more for each that is read.
  public func numberCount(of operands: [NumberArray]) throws(ShapeError) -> Int {
    let read = operands[0].numbers.count
    return try resultCount(of: [operands[0].shape]).addingClamped(read).addingClamped(read)
  }
}

extension Reduction.Operator {
  /// What the fold of numbers starts with.
  fileprivate var ofNothing: Double {
    switch self {
    case .sum, .mean, .sumOfSquares, .l1Norm, .l2Norm: 0
    case .maximum: -.infinity
    case .minimum: .infinity
    }
  }

  fileprivate func fold(_ folded: Double, _ number: Double) -> Double {
    switch self {
    case .sum, .mean: folded + number
    case .sumOfSquares, .l2Norm: folded + number * number
    case .l1Norm: folded + abs(number)
    case .maximum: max(folded, number)
    case .minimum: min(folded, number)
    }
  }

  fileprivate func finish(_ folded: Double, count: Int) -> Double {
    switch self {
    case .sum, .sumOfSquares, .l1Norm, .maximum, .minimum: folded
    case .mean: folded / Double(count)
    case .l2Norm: folded.squareRoot()
    }
  }
}
