import ConvolutionalNetworks

extension Resize: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try resampling(of: inputs[0].shape).apply(to: inputs[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    [try resampling(of: point.inputs[0].shape).pullBack(gradients[0])]
  }

  private func resampling(of shape: [Int]) throws(ShapeError) -> SeparableSum {
    var axes = shape.map(SeparableSum.Axis.identity)
    for (axis, scaling) in try scalings(of: shape) {
      axes[axis] = SeparableSum.Axis(
        input: shape[axis],
        cells: (0..<scaling.output).map { cell in
          coordinate(of: cell, scaling).map { terms(at: $0, scaling) }
        })
    }
    return SeparableSum(axes: axes, fill: Double(extrapolation))
  }

  /// The cells mixed at coordinate `x` of an axis, with weights that sum to 1. Cells outside repeat the edge,
  /// or with `excludesOutside` are left out; a cell of which nothing is left is 0.
  private func terms(at x: Double, _ scaling: Scaling) -> [SeparableSum.Term] {
    let cells = 0..<scaling.input
    if case .nearest(let rounding) = interpolation {
      return [SeparableSum.Term(position: clamped(rounding.round(x), to: cells), weight: 1)]
    }
    let terms = curveTerms(round: x, stretch: antialiases ? max(1, 1 / scaling.scale) : 1)
      .filter { !excludesOutside || cells.contains($0.position) }
    let sum = terms.reduce(0) { $0 + $1.weight }
    return sum == 0
      ? []
      : terms.map {
        SeparableSum.Term(position: clamped($0.position, to: cells), weight: $0.weight / sum)
      }
  }

  private func clamped(_ position: Int, to cells: Range<Int>) -> Int {
    min(max(position, cells.lowerBound), cells.upperBound - 1)
  }

  /// The cells round `x`, inside or outside the input, with the curve's value at each.
  private func curveTerms(round x: Double, stretch: Double) -> [SeparableSum.Term] {
    // Both curves end at 2 or before.
    let first = Int((x - 2 * stretch).rounded(.down))
    let last = Int((x + 2 * stretch).rounded(.up))
    return (first...last).map { cell in
      SeparableSum.Term(position: cell, weight: curve(abs(Double(cell) - x) / stretch))
    }
  }

  /// The weight of a cell at distance `d`.
  private func curve(_ d: Double) -> Double {
    guard case .cubic(let coefficient) = interpolation else { return max(0, 1 - d) }
    // Keys 1981, equation 4.
    let a = Double(coefficient)
    if d <= 1 { return (a + 2) * d * d * d - (a + 3) * d * d + 1 }
    return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0
  }
}

extension Resize.Rounding {
  fileprivate func round(_ x: Double) -> Int {
    switch self {
    case .floor: Int(x.rounded(.down))
    case .ceil: Int(x.rounded(.up))
    case .preferFloor: Int((x - 0.5).rounded(.up))
    case .preferCeil: Int((x + 0.5).rounded(.down))
    }
  }
}
