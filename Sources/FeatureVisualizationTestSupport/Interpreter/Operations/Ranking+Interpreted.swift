import ConvolutionalNetworks

extension ExtremumPosition: InterpretedOperation {
  package var presentation: Presentation { keepsAxis ? .following : .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try outputShapes(for: inputs.map(\.shape), layout: layout)[0]
    let positions = try inputs[0].lines(along: axis).map { line in
      let x = line.map { inputs[0].elements[$0] }
      let best = (extremum == .maximum ? x.max() : x.min()) ?? 0
      return Double((selectsLast ? x.lastIndex(of: best) : x.firstIndex(of: best)) ?? 0)
    }
    return [DoubleTensor(shape: shape, elements: positions)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    [DoubleTensor(shape: point.inputs[0].shape)]
  }
}

extension TopElements: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try outputShapes(for: inputs.map(\.shape), layout: layout)[0]
    var (values, positions) = (DoubleTensor(shape: shape), DoubleTensor(shape: shape))
    try forEachTaken(of: inputs[0], shape) { source, position, target in
      values.elements[target] = inputs[0].elements[source]
      positions.elements[target] = Double(position)
    }
    return [values, positions]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    var result = DoubleTensor(shape: point.inputs[0].shape)
    try forEachTaken(of: point.inputs[0], gradients[0].shape) { source, _, target in
      result.elements[source] += gradients[0].elements[target]
    }
    return [result]
  }

  /// Visits the elements taken with their positions on their lines and their places in a result of shape `shape`.
  private func forEachTaken(
    of x: DoubleTensor, _ shape: [Int],
    _ body: (_ source: Int, _ position: Int, _ target: Int) -> Void
  ) throws(ShapeError) {
    let targets = try DoubleTensor(shape: shape).lines(along: axis)
    for (line, targets) in zip(try x.lines(along: axis), targets) {
      let ranked = line.enumerated().sorted { first, second in
        let (a, b) = (x.elements[first.element], x.elements[second.element])
        return a == b ? first.offset < second.offset : takesLargest ? a > b : a < b
      }
      for (target, taken) in zip(targets, ranked) { body(taken.element, taken.offset, target) }
    }
  }
}
