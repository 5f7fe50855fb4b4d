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
          coordinate(of: cell, scaling).map { terms(at: $0, extent: shape[axis]) }
        })
    }
    return SeparableSum(axes: axes, fill: Double(extrapolation))
  }

  /// The cells mixed at coordinate `x` of an axis. Cells outside repeat the edge, or with
  /// `excludesOutside` are left out and the weights of the others divided by their sum.
  private func terms(at x: Double, extent: Int) -> [SeparableSum.Term] {
    var terms = kernel(at: x)
    if excludesOutside, interpolation.isWeighted {
      terms = terms.filter { (0..<extent).contains($0.position) }
      let sum = terms.reduce(0) { $0 + $1.weight }
      terms = terms.map { SeparableSum.Term(position: $0.position, weight: $0.weight / sum) }
    }
    return terms.map {
      SeparableSum.Term(position: min(max($0.position, 0), extent - 1), weight: $0.weight)
    }
  }

  /// The cells round `x`, inside or outside the input, with their weights.
  private func kernel(at x: Double) -> [SeparableSum.Term] {
    let left = Int(x.rounded(.down))
    let fraction = x - x.rounded(.down)
    func weighted(_ cells: ClosedRange<Int>, _ weight: (Double) -> Double) -> [SeparableSum.Term] {
      cells.map {
        SeparableSum.Term(position: left + $0, weight: weight(abs(fraction - Double($0))))
      }
    }
    switch interpolation {
    case .nearest(let rounding):
      return [SeparableSum.Term(position: rounding.round(x), weight: 1)]
    case .linear:
      return weighted(0...1) { distance in 1 - distance }
    case .cubic(let a):
      let a = Double(a)
      // Keys 1981, equation 4.
      return weighted(-1...2) { d in
        d <= 1
          ? (a + 2) * d * d * d - (a + 3) * d * d + 1
          : d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0
      }
    }
  }
}

extension Resize.Interpolation {
  fileprivate var isWeighted: Bool {
    if case .nearest = self { false } else { true }
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
