import ConvolutionalNetworks

extension Concatenation: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let cut = Cut(axis: try normalizedAxis(axis, rank: inputs[0].rank), shapes: inputs.map(\.shape))
    return [cut.joined(inputs)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let axis = try normalizedAxis(axis, rank: gradients[0].rank)
    return Cut(axis: axis, shapes: point.inputs.map(\.shape)).parts(of: gradients[0])
  }
}

extension Split: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shapes = try outputShapes(for: inputs.map(\.shape), layout: layout)
    let cut = Cut(axis: try normalizedAxis(axis, rank: inputs[0].rank), shapes: shapes)
    return cut.parts(of: inputs[0])
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let axis = try normalizedAxis(axis, rank: point.inputs[0].rank)
    return [Cut(axis: axis, shapes: gradients.map(\.shape)).joined(gradients)]
  }
}

/// A tensor cut into parts along one axis: what concatenation and split have in common.
private struct Cut {
  let axis: Int
  /// The shapes of the parts.
  let shapes: [[Int]]

  private var extent: Int { shapes.reduce(0) { $0 + $1[axis] } }

  func parts(of whole: DoubleTensor) -> [DoubleTensor] {
    selections(from: extent).map { $0.apply(to: whole) }
  }

  /// Joining puts each part where it was cut from, and adds up nothing else.
  func joined(_ parts: [DoubleTensor]) -> DoubleTensor {
    var shape = shapes[0]
    shape[axis] = extent
    var whole = DoubleTensor(shape: shape)
    for (part, selection) in zip(parts, selections(from: extent)) {
      let placed = selection.pullBack(part)
      for i in whole.elements.indices { whole.elements[i] += placed.elements[i] }
    }
    return whole
  }

  private func selections(from extent: Int) -> [SeparableSum] {
    var start = 0
    return shapes.map { shape in
      var axes = shape.map(SeparableSum.Axis.identity)
      axes[axis] = SeparableSum.Axis(input: extent, taking: Array(start..<(start + shape[axis])))
      start += shape[axis]
      return SeparableSum(axes: axes)
    }
  }
}
