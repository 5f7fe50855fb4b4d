extension NumberArray {
  /// What a reduction makes of the numbers.
  func reduced(by reduction: Reduction) throws(ShapeError) -> NumberArray {
    let result = try reduction.outputShapes(for: [shape], layout: .channelsFirst)[0]
    let axes = try reduction.reducedAxes(rank: shape.count)
    let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    let count = try Self.count(of: kept)
    // For each number the position of the one it becomes part of.
    let parts = NumberArray(shape: kept, numbers: (0..<count).map(Double.init))
      .broadcast(to: shape).numbers
    var folded = [Double](repeating: reduction.operator.ofNothing, count: count)
    for (number, part) in zip(numbers, parts) {
      let position = Int(part)
      folded[position] = reduction.operator.fold(folded[position], number)
    }
    let share = axes.reduce(1) { $0 * shape[$1] }
    return NumberArray(
      shape: result, numbers: folded.map { reduction.operator.finish($0, count: share) })
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
